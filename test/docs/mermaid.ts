/** A Mermaid flowchart, as far as this project's diagrams go. */
export interface Flowchart {
  /** What a node or box shows, by its id. */
  labels: ReadonlyMap<string, string>
  arrows: readonly {from: string; to: string; label?: string}[]
  /** What Mermaid would refuse or draw otherwise than meant. */
  problems: readonly string[]
}

/** Words that Mermaid reads as its own where an id should be. Source: https://mermaid.js.org/syntax/flowchart.html */
const reserved = /^(end|graph|flowchart|subgraph|direction|click|style|class|classDef|linkStyle|default)$/i

const id = '[A-Za-z][A-Za-z0-9_]*'
const node = new RegExp(`^(${id})(?:\\["([^"]+)"\\]|\\(\\["([^"]+)"\\]\\))$`)
const box = new RegExp(`^subgraph (${id})\\["([^"]+)"\\]$`)
const arrow = new RegExp(`^(${id}) (?:-->|-\\.->)(?:\\|"([^"]+)"\\|)? (${id})$`)

/** Reads the lines between ```mermaid and ```. */
export function readFlowchart(code: string): Flowchart {
  const [head = '', ...lines] = code.trim().split('\n')
  const labels = new Map<string, string>()
  const arrows: {from: string; to: string; label?: string}[] = []
  const problems = /^flowchart (LR|TB)$/.test(head) ? [] : [`No flowchart: ${head}`]
  let depth = 0
  const declare = (name: string, label: string) => {
    if (reserved.test(name)) problems.push(`Reserved: ${name}`)
    if (labels.has(name)) problems.push(`Declared twice: ${name}`)
    labels.set(name, label)
  }
  for (const line of lines.map(text => text.trim())) {
    const [, nodeId, square, round] = node.exec(line) ?? []
    const [, boxId, boxLabel] = box.exec(line) ?? []
    const [, from, label, to] = arrow.exec(line) ?? []
    if (nodeId !== undefined) declare(nodeId, square ?? round ?? '')
    else if (from !== undefined && to !== undefined) arrows.push({from, to, label})
    else if (line === 'end') depth -= 1
    else if (boxId !== undefined) {
      depth += 1
      declare(boxId, boxLabel ?? '')
    } else problems.push(`Not understood: ${line}`)
    if (depth < 0) problems.push('A box ends that did not begin.')
  }
  if (depth > 0) problems.push('A box does not end.')
  for (const name of arrows.flatMap(({from, to}) => [from, to])) {
    if (!labels.has(name)) problems.push(`Not declared: ${name}`)
  }
  return {labels, arrows, problems}
}
