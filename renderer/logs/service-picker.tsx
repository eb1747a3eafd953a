import type { ServiceSnapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { texts } from '../texts.ts';

interface ServicePickerProps {
  readonly services: readonly ServiceSnapshot[];
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
}

export function ServicePicker({ services, chosen, onChoose }: ServicePickerProps) {
  function toggle(id: string, isChosen: boolean) {
    onChoose(
      services.map((service) => service.id).filter((other) => (other === id ? isChosen : chosen.includes(other))),
    );
  }
  return (
    <section className="picker" aria-labelledby="picker-title">
      <div className="picker-head">
        <h2 id="picker-title">{texts.logs.services}</h2>
        <Button kind="quiet" onPress={() => onChoose(services.map((service) => service.id))}>
          {texts.logs.all}
        </Button>
        <Button kind="quiet" onPress={() => onChoose([])}>
          {texts.logs.none}
        </Button>
      </div>
      <ul>
        {services.map((service) => (
          <li key={service.id}>
            <label className="picker-choice">
              <input
                type="checkbox"
                checked={chosen.includes(service.id)}
                onChange={(event) => toggle(service.id, event.target.checked)}
              />
              <span className="picker-title">{service.title}</span>
              {service.actions.logs ? (
                <>
                  <StateIcon state={service.state} />
                  <span className="visually-hidden">{texts.serviceState[service.state]}</span>
                </>
              ) : (
                <span className="aside">{texts.logs.unavailable}</span>
              )}
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}
