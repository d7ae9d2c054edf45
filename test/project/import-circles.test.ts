import {describe, expect, test} from 'vitest'
import {lint} from './lint.js'

/** Three files, of which each has one line of imports or exports from the next. */
function ring(lines: readonly string[]): Record<string, string> {
  const [first = '', second = '', third = ''] = lines
  return {
    'src/aws/stack.ts': `${first}\nexport interface Stack {readonly events: readonly Event[]}\n`,
    'src/aws/event.ts': `${second}\nexport interface Event {readonly resource: Resource}\n`,
    'src/steps/resource.ts': `${third}\nexport interface Resource {readonly name: string}\n`,
  }
}

function circlesIn(lines: readonly string[]): number {
  return lint(ring(lines)).filter(({rule}) => rule === 'lint/suspicious/noImportCycles').length
}

describe('the lint rule against circles of imports', () => {
  test.each<[string, string[]]>([
    [
      'of types alone',
      [
        "import type {Event} from './event.js'",
        "import type {Resource} from '../steps/resource.js'",
        "import type {Stack} from '../aws/stack.js'\nexport type Of = Stack",
      ],
    ],
    [
      'that a re-export of types closes',
      [
        "import {type Event} from './event.js'",
        "import type {Resource} from '../steps/resource.js'",
        "export type {Stack} from '../aws/stack.js'",
      ],
    ],
    [
      'that an import when needed closes',
      [
        "import type {Event} from './event.js'",
        "import type {Resource} from '../steps/resource.js'",
        "export const load = () => import('../aws/stack.js')",
      ],
    ],
  ])('refuses one %s', (_, lines) => {
    expect(circlesIn(lines)).toBeGreaterThan(0)
  })

  test('accepts the same files without the last arrow', () => {
    const lines = [
      "import type {Event} from './event.js'",
      "import type {Resource} from '../steps/resource.js'",
      '',
    ]
    expect(circlesIn(lines)).toBe(0)
  })
})
