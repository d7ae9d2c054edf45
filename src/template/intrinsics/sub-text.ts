/** A piece of the text of `Fn::Sub`: literal, or the name of a variable. */
export type SubPart = {readonly literal: string} | {readonly variable: string}

const variablePattern = /\$\{([^}]*)\}/g

/** Takes the text of `Fn::Sub` apart; `${!Name}` is the literal `${Name}`. */
export function subParts(text: string): SubPart[] {
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

/** The variables of the text of `Fn::Sub`, each as often as it stands there. */
export function subVariables(text: string): string[] {
  return subParts(text).flatMap(part => ('variable' in part ? [part.variable] : []))
}
