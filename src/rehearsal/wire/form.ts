/** The form-encoded parameters of the Query protocols, as a tree of their dotted names. */

/** `Tags.member.1.Key=a` is the leaf a under Tags, member, 1, Key. */
export interface FormNode {
  value?: string
  readonly children: Map<string, FormNode>
}

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

/** Parses `a=1&b=2`; of repeated names the last counts. Throws URIError for a broken percent escape. */
export function parseForm(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    if (equals < 0) fields.set(decode(pair), '')
    else fields.set(decode(pair.slice(0, equals)), decode(pair.slice(equals + 1)))
  }
  return fields
}

/** Turns dotted names into a tree. */
export function formTree(fields: Iterable<readonly [string, string]>): FormNode {
  const root: FormNode = {children: new Map()}
  for (const [name, value] of fields) {
    let node = root
    for (const part of name.split('.')) {
      let child = node.children.get(part)
      if (!child) {
        child = {children: new Map()}
        node.children.set(part, child)
      }
      node = child
    }
    node.value = value
  }
  return root
}
