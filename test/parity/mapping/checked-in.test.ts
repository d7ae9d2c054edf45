import {existsSync, readFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {
  isGiven,
  type Mapping,
  MappingLookup,
  overlaps,
  readMappings,
} from '../../../src/parity/mapping/index.js'
import {loadTemplates} from '../../properties/templates/template-set.js'
import {planned, variables} from '../v107.js'

const root = new URL('../../../', import.meta.url)
const text = readFileSync(new URL('parity/mapping.yaml', root), 'utf8')
const mappings = readMappings(text, 'parity/mapping.yaml')
const lookup = new MappingLookup(mappings)
const shown = ({pattern, line}: Mapping) => `line ${line}: ${pattern.text}`

describe('parity/mapping.yaml and the plan of v1.0.7', () => {
  test('every one of the 278 addresses is taken', () => {
    expect(planned).toHaveLength(278)
    expect(lookup.unmatched(planned).map(({address}) => address)).toEqual([])
  })

  test('every pattern takes an address, but for those of variables that are not given', () => {
    expect(lookup.dead(planned, variables).map(shown)).toEqual([])
    const withEmail = lookup.dead(planned, {...variables, alarm_email: 'teacher@example.com'})
    expect(withEmail.map(({pattern}) => pattern.type)).toEqual([
      'aws_sns_topic',
      'aws_sns_topic_policy',
      'aws_sns_topic_subscription',
    ])
  })

  test('more than 109 patterns take an address', () => {
    const used = new Set(planned.map(({parsed}) => lookup.of(parsed)))
    expect(used.size).toBeGreaterThan(109)
  })

  test('no two patterns that are equally specific can take the same address', () => {
    expect(overlaps(mappings).map(pair => pair.map(shown))).toEqual([])
  })

  test('every condition is a variable of the plan', () => {
    const names = mappings.flatMap(({when}) => when)
    expect(names.filter(name => !Object.hasOwn(variables, name))).toEqual([])
    expect(isGiven(variables.enable_monitoring)).toBe(true)
  })
})

describe('parity/mapping.yaml and the templates', () => {
  test('every resource that it names is declared', () => {
    const templates = loadTemplates()
    const undeclared = mappings.filter(({counterpart}) => {
      if (counterpart.kind === 'nothing') return false
      const [stack, logicalId] = counterpart.resource.split('.') as [keyof typeof templates, string]
      return templates[stack].resources[logicalId] === undefined
    })
    expect(undeclared.map(shown)).toEqual([])
  })

  test('two addresses have the same resource only where it carries several of them', () => {
    const owners = new Map<string, string[]>()
    for (const {address, parsed} of planned) {
      const counterpart = lookup.of(parsed)?.counterpart
      if (counterpart?.kind !== 'resource') continue
      owners.set(counterpart.resource, [...(owners.get(counterpart.resource) ?? []), address])
    }
    const shared = [...owners].filter(([, addresses]) => addresses.length > 1)
    expect(shared).toEqual([
      // The database's password is in a secret, which is no parameter besides.
      [
        'data.DatabaseSecret',
        ['aws_secretsmanager_secret.keycloak_db_secret', 'aws_ssm_parameter.keycloak_database_password'],
      ],
    ])
  })
})

describe('parity/mapping.yaml and the documentation', () => {
  test('every place that says why there is nothing exists', () => {
    const places = new Set(
      mappings.flatMap(({counterpart}) => (counterpart.kind === 'nothing' ? counterpart.docs : [])),
    )
    expect([...places].filter(place => !isThere(place))).toEqual([])
    expect(isThere('docs/infrastructure.md#no-such-heading')).toBe(false)
    expect(isThere('docs/no-such-page.md#parity')).toBe(false)
  })
})

function isThere(place: string): boolean {
  const [page = '', anchor] = place.split('#')
  const file = new URL(page, root)
  if (!existsSync(file)) return false
  const headings = readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)
  return [...headings].some(([, heading = '']) => anchorOf(heading) === anchor)
}

/** As GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}
