// Leads to a group of the page, and shows which one is read.
import { useEffect, useState } from 'react';
import { type SettingsGroupName, settingsTexts } from '../settings-texts.ts';
import { groupId } from './setting-group.tsx';

export const groupNames = Object.keys(settingsTexts.groups) as SettingsGroupName[];

export function focusGroup(name: SettingsGroupName): void {
  const heading = document.getElementById(groupId(name));
  heading?.focus({ preventScroll: true });
  heading?.closest('section')?.scrollIntoView({ block: 'start' });
}

export function GroupList() {
  const [current, setCurrent] = useState<SettingsGroupName>('engine');
  useEffect(() => {
    let frame = 0;
    function look() {
      frame = 0;
      setCurrent((before) => groupInSight() ?? before);
    }
    function onScroll() {
      if (frame === 0) frame = requestAnimationFrame(look);
    }
    document.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('scroll', onScroll);
    };
  }, []);

  return (
    <nav className="setting-groups" aria-label={settingsTexts.groupsLabel}>
      <ul>
        {groupNames.map((name) => (
          <li key={name}>
            <button
              type="button"
              aria-current={name === current ? 'true' : undefined}
              onClick={() => {
                focusGroup(name);
                setCurrent(name);
              }}
            >
              {settingsTexts.groups[name]}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

// The last one that begins in the upper third; at the page's end the last ones never get there.
function groupInSight(): SettingsGroupName | undefined {
  const { scrollHeight, clientHeight, scrollTop } = document.documentElement;
  if (scrollTop > 0 && scrollHeight - clientHeight - scrollTop < 2) {
    const focused = document.activeElement?.closest<HTMLElement>('[data-group]')?.dataset['group'];
    return groupNames.find((name) => name === focused) ?? groupNames.at(-1);
  }
  return groupNames.findLast((name) => {
    const section = document.getElementById(groupId(name))?.closest('section');
    return section !== null && section !== undefined && section.getBoundingClientRect().top < clientHeight / 3;
  });
}
