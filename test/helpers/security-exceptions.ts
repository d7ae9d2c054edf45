/** A check that a resource is excepted from, by a comment beside it: `# checkov:skip=CHECK:Reason`. */
export interface SecurityException {
  readonly check: string
  readonly resource: string
  readonly reason: string
}

/** The exceptions in a template, in the order of the text. */
export function exceptionsIn(template: string): SecurityException[] {
  const [, resources = ''] = template.split(/^Resources:$/m)
  return resources.split(/^ {2}(?=\w+:$)/m).flatMap(text =>
    Array.from(text.matchAll(/# checkov:skip=([^:\n]*):?(.*)$/gm), ([, check = '', reason = '']) => ({
      check,
      resource: /^\w+/.exec(text)?.[0] ?? '',
      reason,
    })),
  )
}
