// Holds a configuration of Alloy to alloy-reference.ts: names, types, required parts, and that every reference leads to
// what a component of the file gives out. Alloy's own "validate" says more; this is what can be known without Alloy.
import { type Component, components, functions, type Place, type ValueType } from './alloy-reference.ts';
import { type Attribute, type Block, type Expression, parseAlloy } from './alloy-syntax.ts';

// Sentences with line numbers; none: nothing to complain of.
export function alloyProblems(text: string): readonly string[] {
  const problems: string[] = [];
  const complain = (line: number, words: string): void => void problems.push(`line ${line}: ${words}`);
  const blocks = parseAlloy(text);
  const given = new Map<string, Component>();
  for (const block of blocks) {
    const component = components[block.name];
    if (component === undefined) complain(block.line, `there is no component ${block.name}`);
    else if (given.has(idOf(block))) complain(block.line, `${idOf(block)} is there twice`);
    else given.set(idOf(block), component);
    if (block.name.includes('.') && block.label === undefined) complain(block.line, `${block.name} needs a label`);
  }
  for (const block of blocks) {
    const component = components[block.name];
    if (component !== undefined) checkPlace(block, component, block.name);
  }
  return problems;

  function checkPlace(block: Block, place: Place, path: string): void {
    const there = [...block.attributes, ...block.blocks].map(({ name }) => name);
    for (const name of place.required ?? []) {
      if (!there.includes(name)) complain(block.line, `${path} needs ${name}`);
    }
    there.forEach((name, index) => {
      if (there.indexOf(name) < index && !place.repeated?.includes(name))
        complain(block.line, `${path} has ${name} twice`);
    });
    for (const attribute of block.attributes) checkAttribute(attribute, place, path);
    for (const inner of block.blocks) {
      const innerPlace = place.blocks?.[inner.name];
      if (innerPlace === undefined) complain(inner.line, `${path} has no block ${inner.name}`);
      else checkPlace(inner, innerPlace, `${path} > ${inner.name}`);
    }
  }

  function checkAttribute({ name, value, line }: Attribute, place: Place, path: string): void {
    const type = place.arguments[name];
    if (type === undefined) complain(line, `${path} has no argument ${name}`);
    else if (!fits(value, type, line)) complain(line, `${path}: ${name} must be: ${type}`);
  }

  function fits(value: Expression, type: ValueType, line: number): boolean {
    if (value.kind === 'reference') return typeOf(value.path, line) === type;
    if (value.kind === 'call') {
      if (functions[value.name] !== type) return false;
      return value.inputs.every((input) => fits(input, type, line));
    }
    if (type === 'log receivers' || type === 'consumers')
      return value.kind === 'list' && value.items.every((item) => item.kind === 'reference' && fits(item, type, line));
    if (type === 'targets') return value.kind === 'list' && value.items.length === 0;
    return isLiteral(value, type);
  }

  function typeOf(path: string, line: number): ValueType | undefined {
    const last = path.lastIndexOf('.');
    const component = given.get(path.slice(0, last));
    const type = component?.exports[path.slice(last + 1)];
    if (component === undefined) complain(line, `${path}: there is no ${path.slice(0, last)} here`);
    else if (type === undefined) complain(line, `${path.slice(0, last)} gives out no ${path.slice(last + 1)}`);
    return type;
  }
}

function idOf(block: Block): string {
  return block.label === undefined ? block.name : `${block.name}.${block.label}`;
}

const patterns: Partial<Readonly<Record<ValueType, RegExp>>> = {
  string: /^/,
  duration: /^(\d+(ms|s|m|h))+$/,
  size: /^\d+(B|KiB|MiB|GiB|KB|MB|GB)$/,
  level: /^(error|warn|info|debug)$/,
};

function isLiteral(value: Expression, type: ValueType): boolean {
  if (value.kind === 'string') return patterns[type]?.test(value.value) === true;
  if (value.kind === 'number') return type === 'number';
  if (value.kind === 'word') return type === 'bool' && value.value !== 'null';
  if (value.kind === 'list') return type === 'list of strings' && value.items.every(({ kind }) => kind === 'string');
  if (value.kind === 'object')
    return type === 'map of strings' && value.entries.every(([, each]) => each.kind === 'string');
  return false;
}
