// Reads the part of Alloy's configuration syntax that a collector of ours is written in: blocks, attributes, strings,
// numbers, lists, objects, references and calls. https://grafana.com/docs/alloy/latest/get-started/syntax/

export type Expression =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'word'; readonly value: 'true' | 'false' | 'null' }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Expression])[] }
  | { readonly kind: 'reference'; readonly path: string }
  | { readonly kind: 'call'; readonly name: string; readonly inputs: readonly Expression[] };

export interface Attribute {
  readonly name: string;
  readonly value: Expression;
  readonly line: number;
}

export interface Block {
  // 'loki.write', 'endpoint'
  readonly name: string;
  readonly label?: string;
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
  readonly line: number;
}

interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'sign' | 'end of line' | 'end';
  readonly text: string;
  readonly line: number;
}

const tokenPattern =
  /(?<skip>[ \t\r]+|\/\/[^\n]*)|(?<newline>\n)|(?<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(?<string>"(?:[^"\\\n]|\\.)*")|(?<number>-?\d+(?:\.\d+)?)|(?<sign>[={}[\](),])/y;

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    tokenPattern.lastIndex = at;
    const groups = tokenPattern.exec(text)?.groups;
    if (groups === undefined)
      throw new Error(`line ${line}: cannot be read: ${text.slice(at, at + 20).split('\n')[0]}`);
    const { skip, newline, name, string, number, sign } = groups;
    if (newline !== undefined) tokens.push({ kind: 'end of line', text: '\n', line });
    if (name !== undefined) tokens.push({ kind: 'name', text: name, line });
    if (string !== undefined) tokens.push({ kind: 'string', text: JSON.parse(string) as string, line });
    if (number !== undefined) tokens.push({ kind: 'number', text: number, line });
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, line });
    if (newline !== undefined) line += 1;
    at += (skip ?? newline ?? name ?? string ?? number ?? sign ?? ' ').length;
  }
  return [...tokens, { kind: 'end of line', text: '\n', line }, { kind: 'end', text: '', line }];
}

export function parseAlloy(text: string): readonly Block[] {
  const tokens = tokensOf(text);
  let next = 0;
  const peek = (): Token => tokens[next] ?? { kind: 'end', text: '', line: 0 };
  const isSign = (text: string): boolean => peek().kind === 'sign' && peek().text === text;

  function take(kind: Token['kind'], text?: string): Token {
    const token = peek();
    if (token.kind !== kind || (text !== undefined && token.text !== text))
      throw new Error(`line ${token.line}: ${text ?? kind} expected, found ${JSON.stringify(token.text)}`);
    next += 1;
    return token;
  }
  function skipLines(): void {
    while (peek().kind === 'end of line') next += 1;
  }

  function body(isEnd: () => boolean): Pick<Block, 'attributes' | 'blocks'> {
    const attributes: Attribute[] = [];
    const blocks: Block[] = [];
    skipLines();
    while (!isEnd()) {
      const { text: name, line } = take('name');
      if (isSign('=')) {
        take('sign', '=');
        attributes.push({ name, value: expression(), line });
      } else blocks.push(block(name, line));
      // Two statements on one line are a mistake.
      take('end of line');
      skipLines();
    }
    return { attributes, blocks };
  }
  function block(name: string, line: number): Block {
    const label = peek().kind === 'string' ? { label: take('string').text } : {};
    take('sign', '{');
    const inside = body(() => isSign('}'));
    take('sign', '}');
    return { name, ...label, ...inside, line };
  }

  function expression(): Expression {
    const token = peek();
    if (token.kind === 'string') return { kind: 'string', value: take('string').text };
    if (token.kind === 'number') return { kind: 'number', value: Number(take('number').text) };
    if (isSign('[')) return { kind: 'list', items: sequence('[', ']', expression) };
    if (isSign('{')) return { kind: 'object', entries: sequence('{', '}', entry) };
    const { text: name } = take('name');
    if (name === 'true' || name === 'false' || name === 'null') return { kind: 'word', value: name };
    return isSign('(')
      ? { kind: 'call', name, inputs: sequence('(', ')', expression) }
      : { kind: 'reference', path: name };
  }
  function entry(): readonly [string, Expression] {
    const key = take(peek().kind === 'string' ? 'string' : 'name').text;
    take('sign', '=');
    return [key, expression()];
  }
  function sequence<T>(open: string, close: string, item: () => T): readonly T[] {
    const items: T[] = [];
    take('sign', open);
    skipLines();
    while (!isSign(close)) {
      items.push(item());
      if (isSign(',')) {
        take('sign', ',');
        skipLines();
      } else break;
    }
    take('sign', close);
    return items;
  }

  return body(() => peek().kind === 'end').blocks;
}
