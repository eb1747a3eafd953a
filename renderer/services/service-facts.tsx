import type { ServiceSnapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { texts } from '../texts.ts';

export function ServiceFacts({ service, needs }: { readonly service: ServiceSnapshot; readonly needs: string }) {
  const { image, urls, published, address } = service;
  const substitute = image.substitute === undefined ? undefined : texts.substitute[image.substitute];
  const isUp = service.state === 'ready' || service.state === 'degraded';
  // Ports that are no link of their own.
  const bare = published.filter((place) => !urls.some((url) => url.label === place));
  return (
    <dl className="facts">
      <dt>{texts.service.image}</dt>
      <dd>
        <span className="code">{image.name}</span>
        {substitute !== undefined && (
          <span className="badge" data-substitute={image.substitute}>
            {substitute.badge}
          </span>
        )}
        {!image.present && <span className="aside">{texts.service.imageMissing}</span>}
        {substitute !== undefined && <span className="fact-note">{substitute.meaning}</span>}
      </dd>
      {urls.length + bare.length > 0 && (
        <>
          <dt>{texts.service.addresses}</dt>
          <dd>
            <ul className="addresses">
              {urls.map((url) => (
                <li key={url.id}>
                  {isUp ? (
                    <button
                      type="button"
                      className="link code"
                      title={texts.service.openAddress(url.url)}
                      onClick={() => void run('link:open', { id: url.id })}
                    >
                      {url.label}
                    </button>
                  ) : (
                    <span className="code address-name">{url.label}</span>
                  )}
                  <CopyButton text={url.url} what={url.url} />
                </li>
              ))}
              {bare.map((place) => (
                <li key={place}>
                  <span className="code">{place}</span>
                  <CopyButton text={place} what={place} />
                </li>
              ))}
            </ul>
          </dd>
        </>
      )}
      {address !== '' && (
        <>
          <dt>{texts.service.network}</dt>
          <dd>
            <span className="code">{address}</span>
            <CopyButton text={address} what={address} />
          </dd>
        </>
      )}
      {needs !== '' && (
        <>
          <dt>{texts.service.needs}</dt>
          <dd>{needs}</dd>
        </>
      )}
    </dl>
  );
}
