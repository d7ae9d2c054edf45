/** A piece of the text of `Fn::Sub`: literal, or the name of a variable. */
export type SubPart = {readonly literal: string} | {readonly variable: string}

const variablePattern = /\$\{([^}]*)\}/g

/** What was taken apart: a text is checked, walked for references and evaluated, often for several stacks. */
const known = new Map<string, readonly SubPart[]>()
/** So many, and no longer ones: the five templates have 600 texts, nearly all of a line. */
const mostKnown = 1000
const longestKnown = 1000

/** Takes the text of `Fn::Sub` apart; `${!Name}` is the literal `${Name}`. */
export function subParts(text: string): readonly SubPart[] {
  if (text.length > longestKnown) return takenApart(text)
  const before = known.get(text)
  if (before !== undefined) return before
  if (known.size >= mostKnown) known.clear()
  const parts = takenApart(text)
  known.set(text, parts)
  return parts
}

function takenApart(text: string): SubPart[] {
  const parts: SubPart[] = []
  let end = 0
  // Behind the last brace nothing can end, and each `${` there would be looked after up to the end of the text.
  for (const match of text.slice(0, text.lastIndexOf('}') + 1).matchAll(variablePattern)) {
    const name = match[1] ?? ''
    if (match.index > end) parts.push({literal: text.slice(end, match.index)})
    parts.push(name.startsWith('!') ? {literal: `\${${name.slice(1)}}`} : {variable: name})
    end = match.index + match[0].length
  }
  if (end < text.length) parts.push({literal: text.slice(end)})
  return parts
}

/** The variables of the text of `Fn::Sub`, each as often as it occurs there. */
export function subVariables(text: string): string[] {
  return subParts(text).flatMap(part => ('variable' in part ? [part.variable] : []))
}
