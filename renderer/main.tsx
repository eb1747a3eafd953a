import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/shell.css';
import './styles/banners.css';
import './styles/stack.css';
import './styles/services.css';
import './styles/logs.css';
import './styles/logs-tools.css';
import './styles/figures.css';
import './styles/timeline.css';
import './styles/images.css';
import './styles/first-run.css';
import './styles/settings.css';
import './styles/palette.css';
import './styles/host.css';
import './styles/lan.css';
import './styles/sheet.css';
import './styles/telemetry.css';
import './styles/telemetry-parts.css';
import './styles/adaptations.css';
import { hasBridge } from './bridge.ts';
import { FirstRunOrPages } from './first-run/first-run-or-pages.tsx';
import { connectLocale } from './words/connect-locale.ts';
import { connectNavigation } from './stores/navigation.ts';
import { connectSnapshot } from './stores/connect-snapshot.ts';
import { texts } from './texts.ts';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no #root');

if (hasBridge()) {
  connectSnapshot();
  connectNavigation();
  connectLocale();
  createRoot(container).render(
    <StrictMode>
      <FirstRunOrPages />
    </StrictMode>,
  );
} else {
  container.textContent = texts.app.noBridge;
}
