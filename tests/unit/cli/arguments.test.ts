import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../electron/cli/arguments.ts';
import { invokedName } from '../../../electron/cli/invocation.ts';
import { nearest } from '../../../electron/core/nearest.ts';

const services = ['ingress', 'prometheus', 'grafana', 'loki'];
const parse = (line: string) =>
  parseArguments(
    line.split(' ').filter((word) => word !== ''),
    services,
  );

describe('words that are understood', () => {
  it.each([
    ['up', 'up', [], [], {}],
    ['up grafana loki', 'up', ['grafana', 'loki'], [], {}],
    ['--json up grafana', 'up', ['grafana'], ['json'], {}],
    ['up grafana -f', 'up', ['grafana'], ['follow'], {}],
    ['open --json grafana', 'open', ['grafana'], ['json'], {}],
    ['logs loki --tail 5 --follow', 'logs', ['loki'], ['follow'], { tail: '5' }],
    ['logs --tail=0', 'logs', [], [], { tail: '0' }],
    ['logs -fn 5', 'logs', [], ['follow'], { tail: '5' }],
    ['down --volumes --yes', 'down', [], ['volumes', 'yes'], {}],
    ['open grafana --print', 'open', ['grafana'], ['print'], {}],
    ['import grafana --from old -y --replace', 'import', ['grafana'], ['yes', 'replace'], { from: 'old' }],
    ['help up', 'help', ['up'], [], {}],
    ['help host', 'help', ['host'], [], {}],
    ['host status', 'host status', [], [], {}],
    ['--json host plan', 'host plan', [], ['json'], {}],
    ['host --names hosts apply -y', 'host apply', [], ['yes'], { names: 'hosts' }],
    [
      'lan on grafana loki --for ever --allow-unprotected',
      'lan on',
      ['grafana', 'loki'],
      ['allow-unprotected'],
      { for: 'ever' },
    ],
    ['lan on', 'lan on', [], [], {}],
    ['port 80 --root', 'port', ['80'], ['root'], {}],
    ['telemetry', 'telemetry status', [], [], {}],
    ['telemetry --json', 'telemetry status', [], ['json'], {}],
    ['targets', 'targets list', [], [], {}],
    ['targets --json', 'targets list', [], ['json'], {}],
    ['targets add mine host:1 --https --path /m', 'targets add', ['mine', 'host:1'], ['https'], { path: '/m' }],
    ['targets remove mine', 'targets remove', ['mine'], [], {}],
  ] as const)('%s', (line, command, names, flags, values) => {
    const parsed = parse(line);
    if (parsed.kind !== 'run') throw new Error(`understood as ${parsed.kind}`);
    const { invocation } = parsed;
    expect(invokedName(invocation)).toBe(command);
    expect(invocation.names).toEqual(names);
    expect([...invocation.flags].sort()).toEqual([...flags].sort());
    expect(invocation.values).toEqual(values);
  });

  it.each([
    ['', undefined],
    ['--help', undefined],
    ['up --help', 'up'],
    ['host --help', 'host'],
    ['lan on -h', 'lan'],
    ['up nonsense -h', undefined],
  ])('"%s" asks for help', (line, command) => {
    const parsed = parse(line);
    expect(parsed.kind).toBe('help');
    if (command !== undefined) expect(parsed).toHaveProperty('command.name', command);
  });

  it.each(['--version', '-V', 'up --version'])('"%s" asks for the version', (line) => {
    expect(parse(line).kind).toBe('version');
  });
});

describe('words that are not understood say what was probably meant', () => {
  it.each([
    ['statsu', 'There is no command "statsu". Did you mean "status"?'],
    ['sta', 'There is no command "sta". Did you mean "status"?'],
    ['xyzzy', 'There is no command "xyzzy".'],
    ['--json', 'There is no option "--json" without a command.'],
    ['up graphana', 'There is no service "graphana". Did you mean "grafana"?'],
    ['up mysql', 'There is no service "mysql". The services are ingress, prometheus, grafana, loki.'],
    ['up --folow', 'up has no option "--folow". Did you mean "--follow"?'],
    ['up -f --json', 'up takes --follow or --json, not both.'],
    ['status --follow', 'status has no option "--follow".'],
    ['status grafana', 'status takes no names, but "grafana" was given.'],
    ['open', 'open wants the name of one service: ingress, prometheus, grafana, loki.'],
    ['logs --tail', '--tail wants a value.'],
    ['logs --tail --json', '--tail wants a value.'],
    ['logs --tail many', '--tail wants a number, not "many".'],
    ['logs --tail -5', '--tail wants a value.'],
    ['up --json=yes', '--json takes no value.'],
    ['host', 'host wants to be told what to do: status, plan, apply, undo.'],
    ['host aply', 'There is no "host aply". Did you mean "apply"?'],
    ['host xyzzy', 'There is no "host xyzzy". There are status, plan, apply, undo.'],
    ['host apply grafana', 'host apply takes no names, but "grafana" was given.'],
    ['host status --yes', 'host status has no option "--yes".'],
    ['host undo --names hosts', 'host undo has no option "--names".'],
    ['host plan --names host', '--names wants dnsmasq, hosts or localhost, not "host". Did you mean "hosts"?'],
    ['lan on grafana --for day', '--for wants hour, network or ever, not "day".'],
    ['lan on graphana', 'There is no service "graphana". Did you mean "grafana"?'],
    ['lan of', 'There is no "lan of". Did you mean "off"?'],
    ['port', 'port wants the number of one port.'],
    ['port 80 81', 'port wants the number of one port.'],
    ['port http', '"http" is no port: they are numbers from 1 to 65535.'],
    ['port 65536', '"65536" is no port: they are numbers from 1 to 65535.'],
    ['targets add mine', 'targets add wants <name> <address>, and nothing more.'],
    ['targets remove a b', 'targets remove wants <name>, and nothing more.'],
    ['targets remove a --https', 'targets remove has no option "--https".'],
    ['targets lst', 'There is no "targets lst". Did you mean "list"?'],
    ['help statsu', 'There is no command "statsu". Did you mean "status"?'],
  ])('%s', (line, message) => {
    expect(parse(line)).toMatchObject({ kind: 'usage', message });
  });
});

describe('nearest', () => {
  it.each([
    ['grafana', 'grafana'],
    ['Grafana', 'grafana'],
    ['lokki', 'loki'],
    ['lkoi', 'loki'],
    ['prom', 'prometheus'],
    ['g', undefined],
    ['database', undefined],
  ])('%s -> %s', (word, expected) => {
    expect(nearest(word, services)).toBe(expected);
  });
});
