const compiled = new Map<string, RegExp | null>()

/** Java's names for classes of characters, which its regular expressions keep to ASCII. */
const posixClasses: Readonly<Record<string, string>> = {
  Alpha: 'A-Za-z',
  Digit: '0-9',
  Alnum: 'A-Za-z0-9',
  Upper: 'A-Z',
  Lower: 'a-z',
  Punct: '!-\\/:-@\\[-`{-~',
  Space: '\\s',
  XDigit: '0-9A-Fa-f',
}

/**
 * Whether a value matches an `AllowedPattern` from its first to its last character, as CloudFormation, which
 * runs on Java, demands. `undefined` when the pattern cannot be read as a JavaScript expression; then
 * only CloudFormation can tell.
 */
export function matchesPattern(pattern: string, value: string): boolean | undefined {
  let expression = compiled.get(pattern)
  if (expression === undefined) {
    expression = compile(pattern)
    compiled.set(pattern, expression)
  }
  return expression?.test(value)
}

function compile(pattern: string): RegExp | null {
  const [, flags = '', body = ''] = /^(?:\(\?([ims]+)\))?([\s\S]*)$/.exec(pattern) ?? []
  const source = `^(?:${translate(body)})$`
  try {
    return new RegExp(source, flags)
  } catch {
    return null
  }
}

function translate(pattern: string): string {
  let isClass = false
  return pattern.replace(/\\p\{(\w+)\}|\\[\s\S]|\[|\]/g, (token, name: string | undefined) => {
    if (token === '[') isClass = true
    if (token === ']') isClass = false
    if (token === '\\A') return '^'
    if (token === '\\z' || token === '\\Z') return '$'
    const characters = name === undefined ? undefined : posixClasses[name]
    if (characters === undefined) return token
    return isClass ? characters : `[${characters}]`
  })
}
