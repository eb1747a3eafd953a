import { useEffect, useMemo, useRef, useState } from 'react';
import { defaultSettings } from '../../electron/core/settings.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { invoke, run } from '../bridge.ts';
import { announce } from '../stores/announcements.ts';
import { chooseLogMoment, chooseLogServices, placeStore } from '../stores/navigation.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { momentWords } from '../words/clock.ts';
import { linesAsText, mostCopied } from './copy-text.ts';
import { FilterBar } from './filter-bar.tsx';
import { ListPlace } from './list-place.ts';
import { choicesStore } from './log-choices.ts';
import { LogDetail } from './log-detail.tsx';
import { LogList } from './log-list.tsx';
import { LogToolbar } from './log-toolbar.tsx';
import { MomentBar } from './moment-bar.tsx';
import { SearchBar } from './search-bar.tsx';
import { ServicePicker } from './service-picker.tsx';
import { TimeJump } from './time-jump.tsx';
import { useFollow } from './use-follow.ts';
import { useLogCursor } from './use-log-cursor.ts';
import { useLogSearch } from './use-log-search.ts';
import { type LogView, useLogView } from './use-log-view.ts';
import { useMomentInSight } from './use-moment-in-sight.ts';

// As many as one session may follow.
const mostServices = 200;

export function LogsPage({ snapshot }: { readonly snapshot: Snapshot }) {
  const { logServices, logMoment: moment } = useStore(placeStore);
  const { filter, isWrapped, hasFields, hasColours } = useStore(choicesStore);
  const { services } = snapshot;
  const chosen = logServices ?? services.filter((service) => service.enabled).map((service) => service.id);
  const shown = services.filter((service) => chosen.includes(service.id)).slice(0, mostServices);
  const ids = shown.map((service) => service.id);
  const titles = new Map(shown.map((service) => [service.id, service.title]));
  const view = useLogView({
    services: ids,
    isConnected: snapshot.engine.kind === 'connected',
    moment,
    capacity: useCapacity(),
  });
  const { lines, draw } = view;
  const [place] = useState(() => new ListPlace());
  const [isDetailed, setDetailed] = useState(false);
  const page = useRef<HTMLDivElement>(null);
  const follow = useFollow(lines, place, moment === undefined);
  const cursor = useLogCursor(lines);
  const search = useLogSearch({ view, place, follow, cursor });
  const drawing = useMemo(() => ({ hasFields, hasColours }), [hasFields, hasColours]);
  useMomentInSight(view, place, moment);

  useEffect(() => {
    lines.setFilter(filter);
    draw();
  }, [filter, lines, draw]);

  function jump(to: number) {
    const first = lines.shown.at(0);
    const last = lines.shown.at(lines.shown.size - 1);
    const isKept = first !== undefined && last !== undefined && first.at <= to && to <= last.at;
    if (!isKept) {
      chooseLogMoment(to);
      return;
    }
    const line = lines.shown.at(lines.shown.placeOfTime(to));
    follow.setFollowing(false);
    cursor.move(line);
    place.showAt(line, 1 / 3);
    draw();
  }

  async function copy() {
    if (cursor.line === undefined) return;
    const at = lines.shown.placeOf(cursor.line);
    const { from, to } = cursor.chosen ?? { from: at, to: at + 1 };
    const result = await run('clipboard:write', { text: linesAsText(lines.shown, from, to, mostCopied) });
    if (result.ok) announce(texts.announce.copied(texts.logs.count(to - from)));
  }

  function closeDetail() {
    setDetailed(false);
    page.current?.querySelector<HTMLElement>('.log-viewport')?.focus();
  }

  const hasContainers = shown.some((service) => service.actions.logs);
  return (
    <div className="logs-page" ref={page}>
      <h1 className="visually-hidden">{texts.pages.logs}</h1>
      <ServicePicker services={services} chosen={chosen} onChoose={chooseLogServices} />
      <div className="log-column">
        <div className="log-tools">
          <SearchBar view={view} search={search} cursor={cursor} />
          <TimeJump onJump={jump} />
        </div>
        <FilterBar view={view} />
        {moment !== undefined && <MomentBar moment={moment} isEnough={view.isEnough} />}
        <LogToolbar view={view} follow={follow} cursor={cursor} services={ids} moment={moment} />
        {shown.length === 0 ? (
          <p className="logs-empty">{texts.logs.choose}</p>
        ) : (
          <LogList
            view={view}
            place={place}
            follow={follow}
            cursor={cursor}
            titles={titles}
            drawing={drawing}
            isWrapped={isWrapped}
            emptyWords={emptyWords(view, moment, hasContainers)}
            divider={moment === undefined ? undefined : dividerOf(moment)}
            onOpen={() => setDetailed(true)}
            onCopy={() => void copy()}
            onFind={search.find}
          />
        )}
        {isDetailed && cursor.line !== undefined && (
          <LogDetail
            line={cursor.line}
            title={titles.get(cursor.line.service) ?? cursor.line.service}
            onClose={closeDetail}
          />
        )}
      </div>
    </div>
  );
}

function dividerOf(moment: number) {
  return { at: moment, words: texts.logs.moment.mark(momentWords(moment, Date.now())) };
}

function emptyWords({ lines, isSettled }: LogView, moment: number | undefined, hasContainers: boolean): string {
  if (lines.ring.size > 0) return isSettled ? texts.logs.noneLeft : texts.logs.stillSearching;
  if (moment !== undefined) return isSettled ? texts.logs.noneThen : texts.logs.reading;
  return hasContainers ? texts.logs.waiting : texts.logs.noContainers;
}

// Lines to keep, as the settings say.
function useCapacity(): number {
  const [capacity, setCapacity] = useState(defaultSettings.logLines);
  useEffect(() => {
    let isGone = false;
    void invoke('settings:get', undefined).then((result) => {
      if (result.ok && !isGone) setCapacity(result.value.settings.logLines);
    });
    return () => {
      isGone = true;
    };
  }, []);
  return capacity;
}
