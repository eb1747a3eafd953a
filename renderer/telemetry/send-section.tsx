import type { ReactNode } from 'react';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import type { TelemetryView } from '../../electron/core/telemetry/telemetry-view.ts';
import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { navigate } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import { GuideDetails } from './guide-details.tsx';
import { TelemetrySection } from './telemetry-section.tsx';

const words = texts.telemetry.send;

interface SendSectionProps {
  readonly view: TelemetryView;
  readonly snapshot: Snapshot;
}

export function SendSection({ view, snapshot }: SendSectionProps) {
  const { otlp, guides } = view;
  const isTaken = otlp.takes.length > 0;
  const taker = snapshot.services.find(({ id }) => otlp.network.startsWith(`http://${id}:`));
  return (
    <TelemetrySection name="send" title={words.title}>
      <div className="send-parts">
        <div className="send-addresses">
          <div className="host-lead">
            <p className="host-summary">{words.takes(otlp.takes)}</p>
            {isTaken && taker !== undefined && (
              <p className="with-icon host-how">
                <StateIcon state={taker.state} />
                <span>{words.state(taker.title, texts.serviceState[taker.state])}</span>
              </p>
            )}
          </div>
          {view.sendingProblem !== undefined && (
            <p className="with-icon">
              <StateIcon state="degraded" />
              <span>{view.sendingProblem}</span>
            </p>
          )}
          {isTaken && (
            <dl className="otlp">
              <Place name={words.http} address={otlp.http} isBig>
                {words.notPublished}
              </Place>
              <Place name={words.grpc} address={otlp.grpc} isBig>
                {words.notPublished}
              </Place>
              <Place name={words.network} address={otlp.network} />
              <Place name={words.lan} address={otlp.lan}>
                {words.lanClosed}{' '}
                <Button kind="quiet" about={words.lanAbout} onPress={() => navigate('host', { section: 'lan' })}>
                  {words.lanShow}
                </Button>
              </Place>
            </dl>
          )}
          {otlp.others.length > 0 && (
            <dl className="otlp">
              {otlp.others.map(({ signal, http }) => (
                <Place key={signal} name={words.other(texts.telemetry.signal[signal])} address={http} />
              ))}
            </dl>
          )}
        </div>
        <div className="send-guides">
          <h3>{words.guides}</h3>
          {guides.map((guide) => (
            <GuideDetails key={guide.id} guide={guide} />
          ))}
        </div>
      </div>
    </TelemetrySection>
  );
}

interface PlaceProps {
  readonly name: string;
  readonly address: string | undefined;
  readonly isBig?: boolean;
  // What is said where there is no address.
  readonly children?: ReactNode;
}

function Place({ name, address, isBig = false, children }: PlaceProps) {
  return (
    <div className="otlp-place" data-big={isBig}>
      <dt>{name}</dt>
      {address === undefined ? (
        <dd className="aside">{children}</dd>
      ) : (
        <dd>
          <span className="otlp-address">{address}</span>
          <CopyButton text={address} what={address} />
        </dd>
      )}
    </div>
  );
}
