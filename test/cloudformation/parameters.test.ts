import {readdirSync, readFileSync} from 'node:fs'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {brokenConstraint} from '../../src/template/constraints.js'
import {
  checkRules,
  type ParameterDeclaration,
  parseTemplate,
  type Template,
} from '../../src/template/index.js'
import {parameterValues} from './parameter-values.js'

const folder = new URL('../../cloudformation/', import.meta.url)
const texts = new Map(
  readdirSync(folder)
    .filter(name => name.endsWith('.yaml'))
    .map(name => [name, readFileSync(new URL(name, folder), 'utf8')]),
)
const templates = new Map([...texts].map(([name, text]) => [name, parseTemplate(text, name)]))
const main = templateOf('main-stack.yaml')
const children = [...templates.values()].filter(template => template !== main)

function templateOf(name: string): Template {
  const template = templates.get(name)
  if (template === undefined) throw new Error(`no template ${name}`)
  return template
}

function declarationOf(name: string): ParameterDeclaration {
  const declaration = main.parameters[name]
  if (declaration === undefined) throw new Error(`no parameter ${name}`)
  return declaration
}

const isAccepted = (name: string, value: string) =>
  brokenConstraint(name, declarationOf(name), value) === undefined

/** The rules of the main template that do not hold for these parameters and the defaults of the others. */
function brokenRules(given: Record<string, string>): string[] {
  const defaults = Object.entries(main.parameters).map(([name, declared]) => [name, declared.default ?? 'x'])
  const parameters = {...Object.fromEntries(defaults), ...given}
  return checkRules({template: main, parameters}).map(({rule}) => rule)
}

describe('the parameters of the templates', () => {
  test('are those of which the values at the edges are known, in all five templates', () => {
    expect(templates.size).toBe(5)
    const names = [...templates.values()].flatMap(({parameters}) => Object.keys(parameters))
    expect(Object.keys(parameterValues).sort()).toEqual([...new Set(names)].sort())
  })

  test.each(Object.entries(parameterValues))('%s takes what is allowed and no more', (name, values) => {
    expect(Object.keys(values.refused).length).toBeGreaterThanOrEqual(2)
    const wrong = [...templates.values()].flatMap(({source, parameters: {[name]: declaration}}) => {
      if (declaration === undefined) return []
      const broken = (value: string) => brokenConstraint(name, declaration, value)
      return [
        ...values.accepted
          .filter(value => broken(value) !== undefined)
          .map(value => `${source} refuses ${value}`),
        ...Object.keys(values.refused)
          .filter(value => broken(value) === undefined)
          .map(value => `${source} takes ${value}`),
      ]
    })
    expect(wrong).toEqual([])
  })

  test('each say what is allowed, with an example or a range', () => {
    for (const {source, parameters} of templates.values()) {
      const silent = Object.entries(parameters).filter(([, declared]) => !saysWhatIsAllowed(declared))
      expect(silent.map(([name]) => `${source} ${name}`)).toEqual([])
    }
  })

  test.each([undefined, '', 'An image tag.', 'Must be valid.'])(
    'would not do with %j as a description',
    text => {
      expect(saysWhatIsAllowed({...declarationOf('EnvironmentName'), constraintDescription: text})).toBe(
        false,
      )
    },
  )

  test('are declared alike in the main template and below it', () => {
    for (const child of children) expect(differences(child), child.source).toEqual([])
  })

  test('would not do with a child that takes more than the main template, or explains it otherwise', () => {
    const text = texts.get('data-stack.yaml') ?? ''
    const planted = text.replace('{12,41}', '{8,41}').replace('such as admin;', 'like admin;')
    expect(differences(parseTemplate(planted))).toEqual(['KeycloakAdminUsername', 'KeycloakDatabasePassword'])
  })
})

const constraints = [
  'allowedValues',
  'allowedPattern',
  'minLength',
  'maxLength',
  'minValue',
  'maxValue',
] as const

function saysWhatIsAllowed(declaration: ParameterDeclaration): boolean {
  if (constraints.every(name => declaration[name] === undefined)) return false
  return /such as \S+|[0-9] to [0-9]|[0-9] or [0-9]|true or false|^One of /.test(
    declaration.constraintDescription ?? '',
  )
}

/** Parameters that main passes on under the same name and that are not declared the same. */
function differences({parameters}: Template): string[] {
  const parts = [...constraints, 'type', 'default', 'noEcho', 'constraintDescription'] as const
  return Object.entries(parameters)
    .filter(([name, declared]) => {
      const inMain = declarationOf(name)
      return parts.some(part => JSON.stringify(declared[part]) !== JSON.stringify(inMain[part]))
    })
    .map(([name]) => name)
}

describe('the rules of the templates', () => {
  test('below the main template are its own', () => {
    const contents = ({rules}: Template) =>
      Object.fromEntries(Object.entries(rules).map(([name, {line: _, ...rule}]) => [name, rule]))
    for (const child of children) expect(contents(main), child.source).toMatchObject(contents(child))
  })

  test.each([
    [{BaseDomain: 'example.com'}, 'BaseDomainNeedsHostedZone'],
    [{HostedZoneId: 'Z1'}, 'HostedZoneNeedsBaseDomain'],
    [{ContainerImagesPrefix: 'v1/'}, 'ContainerImagesPrefixNeedsBucket'],
    [{ServiceCpu: '256'}, undefined],
    [{ServiceCpu: '4096'}, 'ServiceMemorySuitsCpu'],
    [{KeycloakMemory: '512'}, 'KeycloakMemorySuitsCpu'],
    [{EmbeddingsProvider: 'litellm'}, 'EmbeddingsModelSuitsProvider'],
    [{EmbeddingsProvider: 'litellm', EmbeddingsModelName: 'text-embedding-3-small'}, undefined],
    [{SessionCookieDomain: '.example.com'}, 'SessionCookieDomainNeedsBaseDomain'],
    [{BaseDomain: 'example.com', HostedZoneId: 'Z1', SessionCookieDomain: '.example.com'}, undefined],
    [{ContainerImagesBucket: 'images', ContainerImagesPrefix: 'v1/'}, undefined],
    [{MinCapacity: '5'}, 'MinCapacityWithinMaxCapacity'],
    [{MinCapacity: '5', EnableAutoScaling: 'false'}, undefined],
    [{DatabaseMinACU: '2.5'}, 'DatabaseMinACUWithinMaxACU'],
    [{}, undefined],
  ])('for %j refuse %s', (given, rule) => {
    expect(brokenRules(given)).toEqual(rule === undefined ? [] : [rule])
  })

  /** Source: Amazon ECS developer guide, "Task CPU and memory": the smallest and the largest MiB for each CPU size. */
  const fargate: Readonly<Record<string, [from: number, to: number]>> = {
    '256': [512, 2048],
    '512': [1024, 4096],
    '1024': [2048, 8192],
    '2048': [4096, 16384],
    '4096': [8192, 30720],
  }

  test.each(['Service', 'Keycloak'])('let %sCpu and memory go together as Fargate does', kind => {
    const sizes = declarationOf(`${kind}Cpu`).allowedValues ?? []
    const amounts = declarationOf(`${kind}Memory`).allowedValues ?? []
    expect(sizes).toEqual(Object.keys(fargate))
    for (const size of sizes) {
      const [from, to] = fargate[size] ?? [0, 0]
      const taken = amounts.filter(
        amount => brokenRules({[`${kind}Cpu`]: size, [`${kind}Memory`]: amount}).length === 0,
      )
      expect(taken).toEqual(amounts.filter(amount => Number(amount) >= from && Number(amount) <= to))
    }
  })
})

describe('whatever is given', () => {
  const octet = fc.nat(300)
  const address = fc.tuple(octet, octet, octet, octet)

  test('a capacity of the database is taken when it is a half or a whole number within the limits', () => {
    fc.assert(
      fc.property(fc.constantFrom('DatabaseMinACU', 'DatabaseMaxACU'), fc.nat(6000), (name, tenths) => {
        const isWithin = tenths <= 2560 && tenths >= (name === 'DatabaseMinACU' ? 5 : 10)
        expect(isAccepted(name, String(tenths / 10))).toBe(isWithin && tenths % 5 === 0)
      }),
    )
  })

  test('a count or length is taken when it is a whole number within the limits', () => {
    fc.assert(
      fc.property(
        fc.integer({min: -5, max: 120_000}),
        fc.constantFrom('', '.0', '.5', 'e1', ' '),
        (count, more) => {
          const text = `${count}${more}`
          expect(isAccepted('MinCapacity', text)).toBe(more === '' && count >= 1 && count <= 100)
          expect(isAccepted('EmbeddingsModelDimensions', text)).toBe(
            more === '' && count >= 1 && count <= 99_999,
          )
        },
      ),
    )
  })

  test('fewest and most are compared as far as rules can: to nine tasks and four units', () => {
    const counts = fc.integer({min: 1, max: 100})
    fc.assert(
      fc.property(counts, fc.oneof(counts, fc.integer({min: 1, max: 10})), (min, max) => {
        const isSeen = min > max && max < 10
        expect(brokenRules({MinCapacity: `${min}`, MaxCapacity: `${max}`})).toEqual(
          isSeen ? ['MinCapacityWithinMaxCapacity'] : [],
        )
      }),
    )
    const halves = fc.integer({min: 1, max: 512})
    fc.assert(
      fc.property(halves, fc.oneof(halves, fc.integer({min: 2, max: 9})), (min, max) => {
        const isSeen = min > max && max >= 2 && max <= 8
        expect(brokenRules({DatabaseMinACU: `${min / 2}`, DatabaseMaxACU: `${max / 2}`})).toEqual(
          isSeen ? ['DatabaseMinACUWithinMaxACU'] : [],
        )
      }),
    )
  })

  test('a range is taken when it has four octets and a size that exist', () => {
    fc.assert(
      fc.property(address, fc.nat(40), (octets, size) => {
        const exists = octets.every(one => one < 256) && size <= 32
        expect(isAccepted('IngressCidrBlocks', `${octets.join('.')}/${size}`)).toBe(exists)
        expect(isAccepted('DirectAccessCidrBlocks', `${octets.join('.')}/${size}`)).toBe(exists)
      }),
    )
  })

  test('a VPC range is taken when a /16 begins there and hosts may have its addresses', () => {
    fc.assert(
      fc.property(octet, octet, fc.constantFrom('0.0/16', '0.0/16', '0.0/20', '1.0/16'), (a, b, rest) => {
        const isReserved = a === 0 || a === 127 || (a === 169 && b === 254) || a >= 224
        const exists = a < 256 && b < 256 && rest === '0.0/16'
        expect(isAccepted('VpcCidr', `${a}.${b}.${rest}`)).toBe(exists && !isReserved)
      }),
      {
        examples: [
          [169, 254, '0.0/16'],
          [127, 0, '0.0/16'],
          [223, 255, '0.0/16'],
          [224, 0, '0.0/16'],
        ],
      },
    )
  })

  test('a repository name is taken when its parts are lower-case letters and digits between single separators', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,9}$/)
    const parts = fc.array(fc.tuple(part, fc.constantFrom('.', '_', '-', '/')), {minLength: 1, maxLength: 9})
    fc.assert(
      fc.property(parts, part, fc.constantFrom('', '.', '_', '-', '/', 'A'), (some, last, defect) => {
        const name = some.map(([word, separator]) => `${word}${separator}`).join('') + defect + last
        expect(isAccepted('RegistryImageRepo', name)).toBe(defect === '')
      }),
    )
  })

  test('a version is taken when git takes it for the name of a branch', () => {
    const text = fc.stringMatching(/^[ab./_-]{1,12}(\.lock)?$/)
    fc.assert(
      fc.property(text, name => {
        const parts = name.split('/')
        const isRef =
          parts.every(part => part !== '' && !part.startsWith('.') && !part.endsWith('.lock')) &&
          !name.includes('..') &&
          !name.endsWith('.')
        // Stricter than git: an option or an underscore cannot be first.
        expect(isAccepted('GitHubBranch', name)).toBe(isRef && /^[ab]/.test(name))
      }),
    )
  })

  test('nothing takes a line break', () => {
    const pieces = ['a', 'a.', 'a-', 'a/', '1', '1.', 'pl-', '../']
    const values = ['a\n', '\n', ...pieces.map(piece => `${piece.repeat(1000)}\n`)]
    for (const [name, declaration] of Object.entries(main.parameters)) {
      // CloudFormation trims the items of a list.
      if (declaration.type === 'CommaDelimitedList') continue
      for (const value of values) {
        expect(brokenConstraint(name, declaration, value), `${name} ${value}`).toBeDefined()
      }
    }
  })
})
