import { useId, useState } from 'react';
import type { SettingsView } from '../../electron/contract/contract.ts';
import { isDateLocale } from '../../electron/core/settings.ts';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';
import { dateTimeWords } from '../words/clock.ts';
import { localeName, usualLocales } from '../words/locale-names.ts';
import { localeOf } from '../words/locale.ts';
import { formatNumber } from '../words/numbers.ts';
import { SettingGroup } from './setting-group.tsx';
import { changeSettings } from './settings-store.ts';
import { TextSetting } from './text-setting.tsx';
import { useStatus } from './use-status.ts';

const words = texts.settings.language;
const other = 'other';

const change = (dateLocale: string) =>
  changeSettings(() => ({ patch: { dateLocale }, what: texts.settings.groups.language, key: 'dateLocale' }));

export function LanguageSetting({ view }: { readonly view: SettingsView }) {
  const id = useId();
  const status = useStatus();
  const { dateLocale } = view.settings;
  const isListed = dateLocale === 'system' || usualLocales.includes(dateLocale);
  const [wantsOther, setWantsOther] = useState(false);
  const choice = wantsOther || !isListed ? other : dateLocale;

  function choose(value: string) {
    setWantsOther(value === other);
    if (value !== other) void change(value);
  }

  return (
    <SettingGroup name="language" hint={words.hint}>
      <div className="select-setting">
        <label htmlFor={id}>{words.label}</label>
        <select id={id} value={choice} onChange={(event) => choose(event.target.value)}>
          <option value="system">{words.system(localeName(localeOf('system') ?? 'en'))}</option>
          {usualLocales.map((tag) => (
            <option key={tag} value={tag} lang={tag}>
              {localeName(tag)}
            </option>
          ))}
          <option value={other}>{words.other}</option>
        </select>
      </div>
      {choice === other && (
        <TextSetting
          label={words.tag}
          hint={words.tagHint}
          value={isListed ? '' : dateLocale}
          isValid={(tag) => tag !== 'system' && isDateLocale(tag)}
          invalidWords={words.tagInvalid}
          status=""
          onSave={change}
        />
      )}
      <Example />
      <p className="saved outcome">{status('dateLocale')}</p>
    </SettingGroup>
  );
}

// In the afternoon, and none of its parts can be mistaken for another.
const moment = new Date(2026, 10, 23, 15, 40, 7).getTime();

function Example() {
  return (
    <dl className="locale-example">
      <dt>{words.example}</dt>
      <dd>{dateTimeWords(moment)}</dd>
      <dd>{formatNumber(texts.settings.examples.number, 1)}</dd>
      <dd>{bytesWords(texts.settings.examples.bytes)}</dd>
    </dl>
  );
}
