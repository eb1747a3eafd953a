import { useEffect, useId, useRef, useState } from 'react';
import { catalog } from '../../electron/core/catalog/index.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { removeStore } from './remove-store.ts';

const withData = catalog.filter((service) => service.volumes.length > 0);
const titles = withData.map((service) => service.title);
const volumes = withData.flatMap((service) => service.volumes.map((volume) => volume.name));

export function RemoveDialog() {
  const isAsked = useStore(removeStore);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isAsked) dialog.current?.showModal();
  }, [isAsked]);
  const [removeVolumes, setRemoveVolumes] = useState(false);
  const id = useId();
  function remove() {
    dialog.current?.close();
    void run('stack:down', { removeVolumes });
  }
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-body`}
      // Asked anew each time: data never goes by a tick that was left from before.
      onClose={() => {
        setRemoveVolumes(false);
        removeStore.set(false);
      }}
    >
      <h2 id={`${id}-title`}>{texts.remove.title}</h2>
      <p id={`${id}-body`}>{texts.remove.body}</p>
      <label className="choice">
        <input type="checkbox" checked={removeVolumes} onChange={(event) => setRemoveVolumes(event.target.checked)} />
        <span>{texts.remove.withData}</span>
      </label>
      <div role="status">
        {removeVolumes && (
          <div className="dialog-warning">
            <p>
              <strong>{texts.remove.dataWarning(titles)}</strong>
            </p>
            <p>{texts.remove.volumes(volumes)}</p>
          </div>
        )}
      </div>
      <div className="dialog-actions">
        <Button onPress={() => dialog.current?.close()}>{texts.remove.keep}</Button>
        <Button kind={removeVolumes ? 'danger' : 'primary'} onPress={remove}>
          {removeVolumes ? texts.remove.confirmWithData : texts.remove.confirm}
        </Button>
      </div>
    </dialog>
  );
}
