import { resetSettings, type Settings } from '../../core/settings.ts';
import { exitDone, exitFailed, exitInterrupted, exitUsage } from '../exit-codes.ts';
import { type Call, printOutcome, tellFailures } from '../host-change.ts';
import type { Run } from '../invocation.ts';
import { askToGoOn, notConfirmed } from '../question.ts';
import { openRuntime } from '../session.ts';
import { type SettingKey, settingKeys, unknownKey } from '../setting-keys.ts';
import { effectsText, settingsText } from '../settings-text.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  const call = { runtime, invocation, output };
  const code = await tellFailures(call, () => carryOut(call));
  runtime.close();
  return code;
};

async function carryOut(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  const keys = settingKeys(runtime.snapshot().services.map(({ id }) => id));
  const [key = '', value = ''] = invocation.names;
  const { name } = invocation.verb ?? {};
  if (name === 'list') return show(call, keys);
  if (name === 'reset') return reset(call);
  if (name === 'password') return (await import('../settings-password.ts')).changePassword(call);
  const setting = keys.find((each) => each.key === key);
  if (setting === undefined) {
    output.problem(`${unknownKey(key, keys)}\n`);
    return exitUsage;
  }
  if (name === 'get') return show(call, [setting]);
  const patch = setting.parse(value, runtime.settings());
  if (patch === undefined) {
    output.problem(`${key} wants ${setting.values}, not "${value}".\n`);
    return exitUsage;
  }
  return name === 'preview' ? preview(call, patch) : set(call, patch);
}

function show(call: Call, keys: readonly SettingKey[]): number {
  const { runtime, invocation, output } = call;
  const settings = runtime.settings();
  const [only] = keys;
  if (!invocation.flags.has('json')) {
    output.print(
      invocation.verb?.name === 'get' && only !== undefined
        ? `${only.print(settings)}\n`
        : settingsText(keys, settings, output.paint),
    );
  }
  const value = Object.fromEntries(keys.map(({ key, print }) => [key, print(settings)]));
  printOutcome(call, 'done', invocation.verb?.name === 'get' ? { value: only?.print(settings) } : { value, settings });
  return exitDone;
}

async function preview(call: Call, patch: Partial<Settings>): Promise<number> {
  const effects = await tellEffects(call, { ...call.runtime.settings(), ...patch });
  printOutcome(call, 'done', { effects });
  return exitDone;
}

async function set(call: Call, patch: Partial<Settings>): Promise<number> {
  const { runtime, invocation, output } = call;
  const effects = await tellEffects(call, { ...runtime.settings(), ...patch });
  const settings = await runtime.changeSettings(patch);
  if (!invocation.flags.has('json')) output.print('Written down.\n');
  printOutcome(call, 'done', { effects, settings });
  return exitDone;
}

async function reset(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  const next = resetSettings(runtime.settings());
  const effects = await tellEffects(call, next);
  if (!invocation.flags.has('yes')) {
    const question = {
      what: 'All settings become the defaults; data, targets and LAN mode stay.',
      nextStep: 'Say --yes if it shall be done.',
    };
    const answer = await askToGoOn(question, output);
    if (answer === 'nobody') printOutcome(call, 'failed', { effects }, [notConfirmed(question)]);
    else if (answer !== 'yes') printOutcome(call, 'cancelled', { effects });
    if (answer !== 'yes') return answer === 'interrupted' ? exitInterrupted : exitFailed;
  }
  const settings = await runtime.changeSettings(next);
  if (!invocation.flags.has('json')) output.print('All settings are the defaults.\n');
  printOutcome(call, 'done', { effects, settings });
  return exitDone;
}

// Before it is done; what runs is as it was until the next "macula up".
async function tellEffects({ runtime, invocation, output }: Call, next: Settings) {
  await runtime.connect({ watch: false });
  const effects = await (await runtime.settingsChange()).effects(next);
  const isKnown = runtime.observed() !== undefined;
  if (!invocation.flags.has('json')) output.print(effectsText(effects, isKnown));
  return effects;
}
