import { useId, useState } from 'react';
import type { LanLimit, LanServiceView, LanView } from '../../electron/core/host/host-view.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Notice } from '../components/notice.tsx';
import { texts } from '../texts.ts';
import { openPreview } from './sheet-store.ts';

const words = texts.host.lan;
const limits = Object.keys(words.limits) as LanLimit[];

export function LanForm({ lan }: { readonly lan: LanView }) {
  const id = useId();
  const [chosen, setChosen] = useState<readonly string[]>(() => usualServices(lan));
  const [limit, setLimit] = useState<LanLimit>(lan.limit ?? 'hour');
  const [isAllowed, setAllowed] = useState(false);
  const unprotected = lan.services.filter((service) => service.protection === 'none' && chosen.includes(service.id));
  const missing = whatIsMissing(lan, chosen, unprotected.length > 0 && !isAllowed);

  function choose(service: LanServiceView, isChosen: boolean) {
    setChosen(
      lan.services
        .map((other) => other.id)
        .filter((other) => (other === service.id ? isChosen : chosen.includes(other))),
    );
    // The word that was given was not about this one.
    if (isChosen && service.protection === 'none') setAllowed(false);
  }

  return (
    <div className="lan-form">
      {lan.problem !== undefined && (
        <Notice kind="degraded">
          <p>{lan.problem}</p>
        </Notice>
      )}
      <fieldset>
        <legend>{words.services}</legend>
        <ul className="lan-services">
          {lan.services.map((service) => (
            <li key={service.id}>
              <label className="choice">
                <input
                  type="checkbox"
                  checked={chosen.includes(service.id)}
                  onChange={(event) => choose(service, event.target.checked)}
                />
                <span>
                  {service.title} <span className="aside">{words.ports(service.ports)}</span>
                </span>
                <span className="hint with-icon" data-protection={service.protection}>
                  <Icon name={service.protection === 'password' ? 'lock' : 'unlocked'} />
                  {words.protection[service.protection]}
                </span>
              </label>
            </li>
          ))}
        </ul>
        {unprotected.length > 0 && (
          <label className="choice lan-consent">
            <input type="checkbox" checked={isAllowed} onChange={(event) => setAllowed(event.target.checked)} />
            <span>{words.consent(unprotected.map((service) => service.title))}</span>
          </label>
        )}
      </fieldset>
      <fieldset>
        <legend>{words.limit}</legend>
        <div className="radios">
          {limits.map((name) => (
            <label key={name} className="choice">
              <input type="radio" name={id} checked={limit === name} onChange={() => setLimit(name)} />
              <span>{words.limits[name].title}</span>
              <span className="hint">{words.limits[name].hint}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="lan-network">
        <h3>{words.network}</h3>
        {lan.network === undefined ? (
          <p>{words.noNetwork}</p>
        ) : (
          <>
            <p>
              {words.networkIs(lan.network.interface, lan.network.address)}{' '}
              <span className="code">{lan.network.ranges.join(', ')}</span>
            </p>
            <p className="hint">{words.networkNote}</p>
          </>
        )}
      </div>
      <div className="host-actions">
        <Button
          kind="primary"
          isEnabled={missing === undefined}
          onPress={() =>
            void openPreview({ kind: 'lan-on', services: chosen, limit, allowUnprotected: unprotected.length > 0 })
          }
        >
          {words.turnOn}
        </Button>
        <p className="hint">{missing}</p>
      </div>
    </div>
  );
}

// What is open now; else what asks for a password anyway.
function usualServices({ services }: LanView): readonly string[] {
  const open = services.filter((service) => service.isOpen);
  const usual = open.length > 0 ? open : services.filter((service) => service.protection === 'password');
  return usual.map((service) => service.id);
}

function whatIsMissing(lan: LanView, chosen: readonly string[], needsConsent: boolean): string | undefined {
  if (lan.problem !== undefined || lan.network === undefined) return '';
  if (chosen.length === 0) return words.chooseService;
  return needsConsent ? words.consentNeeded : undefined;
}
