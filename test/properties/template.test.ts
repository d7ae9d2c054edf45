// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {stringify} from 'yaml'
import {cidrSubnets, parseBlock} from '../../src/template/cidr.js'
import {
  checkParameters,
  createResolver,
  creationNeeds,
  parseTemplate,
  resolveParameters,
  validateTemplate,
} from '../../src/template/index.js'
import {readJson} from '../../src/template/source/json.js'
import {lookups, pseudo} from '../template/sample.js'

const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,6}$/)
const anyText = fc.string({unit: 'grapheme', maxLength: 12})
const json = fc.letrec(tie => ({
  value: fc.oneof(
    {depthSize: 'small', withCrossShrink: true},
    anyText,
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(
      'yes',
      'no',
      '012',
      '8.0',
      '1e3',
      '~',
      'null',
      '2010-09-09',
      'a: b',
      '- x',
      '# y',
      ' z ',
      "it's",
      '"q"',
    ),
    fc.array(tie('value'), {maxLength: 4}),
    fc.dictionary(fc.oneof(word, anyText), tie('value'), {maxKeys: 4}),
  ),
})).value

const resolverOf = (properties: unknown, more: object = {}) => {
  const template = parseTemplate(
    JSON.stringify({
      Parameters: {Env: {Type: 'String', Default: 'dev'}, List: {Type: 'CommaDelimitedList', Default: 'a,b'}},
      Conditions: {Always: {'Fn::Equals': ['a', 'a']}, Never: {'Fn::Equals': ['a', 'b']}},
      Resources: {Other: {Type: 'A::B::C'}, R: {Type: 'A::B::C', Properties: properties}},
      ...more,
    }),
  )
  return createResolver({template, parameters: resolveParameters(template, {}), pseudo, lookups})
}
const resolved = (expression: unknown) => resolverOf({P: expression}).properties('R').P

describe('reading', () => {
  test('JSON reads as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.dictionary(word, json), fc.constantFrom(0, 2), (value, indent) => {
        expect(readJson(JSON.stringify(value, null, indent)).value).toEqual(value)
      }),
    )
  })

  test('a template reads the same from YAML and from JSON', () => {
    fc.assert(
      fc.property(fc.dictionary(word, json), properties => {
        const body = {Resources: {R: {Type: 'A::B::C', Properties: {P: [properties, 'x']}}}}
        // Our own reading of unquoted scalars is not the library's, so text is written with quotes.
        const yaml = stringify(body, {
          defaultStringType: 'QUOTE_DOUBLE',
          defaultKeyType: 'QUOTE_DOUBLE',
          lineWidth: 0,
        })
        expect(parseTemplate(yaml).resources).toEqual(
          expect.objectContaining({R: expect.objectContaining({properties: {P: [properties, 'x']}})}),
        )
      }),
    )
  })
})

describe('resolving', () => {
  const short = fc.constantFrom(
    ['!Ref Env', {Ref: 'Env'}],
    ['!Sub "${Env}-${Other.Arn}"', {'Fn::Sub': `\${Env}-\${Other.Arn}`}],
    ['!Join ["-", [a, !Ref Env]]', {'Fn::Join': ['-', ['a', {Ref: 'Env'}]]}],
    ['!Select [1, !Ref List]', {'Fn::Select': [1, {Ref: 'List'}]}],
    [
      '!If [Always, !GetAtt Other.Arn, !Ref AWS::NoValue]',
      {'Fn::If': ['Always', {'Fn::GetAtt': ['Other', 'Arn']}, {Ref: 'AWS::NoValue'}]},
    ],
    ['!Cidr [10.0.0.0/16, 2, 8]', {'Fn::Cidr': ['10.0.0.0/16', 2, 8]}],
    ['!Split [",", "a,b"]', {'Fn::Split': [',', 'a,b']}],
    ['!Base64 {Fn::Sub: "${AWS::Region}"}', {'Fn::Base64': {'Fn::Sub': `\${AWS::Region}`}}],
  ) as fc.Arbitrary<[string, object]>

  test('short and long forms resolve to the same', () => {
    fc.assert(
      fc.property(fc.array(short, {minLength: 1, maxLength: 5}), chosen => {
        const list = chosen.map(([text]) => `        - ${text}\n`).join('')
        const template = parseTemplate(
          `Parameters:\n  Env: {Type: String}\n  List: {Type: CommaDelimitedList}\nConditions:\n  Always: !Equals [a, a]\nResources:\n  Other: {Type: A::B::C}\n  R:\n    Type: A::B::C\n    Properties:\n      P:\n${list}`,
        )
        const resolver = createResolver({template, parameters: {Env: 'dev', List: 'a,b'}, pseudo, lookups})
        expect(resolver.properties('R').P).toEqual(resolved(chosen.map(([, long]) => long)))
      }),
    )
  })

  test('splitting undoes joining', () => {
    const delimiter = fc.constantFrom(',', '::', '/', ' ')
    fc.assert(
      fc.property(delimiter, fc.array(word, {minLength: 1}), (by, words) => {
        expect(resolved({'Fn::Split': [by, {'Fn::Join': [by, words]}]})).toEqual(words)
      }),
    )
    fc.assert(
      fc.property(delimiter, anyText, (by, text) => {
        expect(resolved({'Fn::Join': [by, {'Fn::Split': [by, text]}]})).toBe(text)
      }),
    )
  })

  test('Fn::Sub gives what Fn::Join gives', () => {
    const part = fc.oneof(
      word.map(text => ({sub: text, join: text as unknown})),
      fc
        .constantFrom('Env', 'AWS::Region', 'Other')
        .map(name => ({sub: `\${${name}}`, join: {Ref: name} as unknown})),
      fc.constant({sub: `\${Other.Arn}`, join: {'Fn::GetAtt': ['Other', 'Arn']} as unknown}),
      word.map(text => ({sub: `\${!${text}}`, join: `\${${text}}` as unknown})),
    )
    fc.assert(
      fc.property(fc.array(part), parts => {
        const joined = resolved({'Fn::Join': ['', parts.map(({join}) => join)]})
        expect(resolved({'Fn::Sub': parts.map(({sub}) => sub).join('')})).toBe(joined)
      }),
    )
  })

  test('values without functions stay as they are, resolved once or twice, and nothing is changed', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          word.filter(key => key !== 'Ref'),
          json,
        ),
        properties => {
          const before = JSON.stringify(properties)
          const resolver = resolverOf(properties)
          const once = resolver.properties('R')
          expect(once).toEqual(properties)
          expect(resolver.properties('R')).toEqual(once)
          expect(resolver.value(once)).toEqual(once)
          expect(JSON.stringify(properties)).toBe(before)
        },
      ),
    )
  })

  test('AWS::NoValue never survives, at any depth', () => {
    const none = fc.constantFrom<unknown>(
      {Ref: 'AWS::NoValue'},
      {'Fn::If': ['Never', 'x', {Ref: 'AWS::NoValue'}]},
    )
    const tree = fc.letrec(tie => ({
      node: fc.oneof(
        {depthSize: 'small'},
        none,
        fc.constant('kept'),
        fc.array(tie('node'), {maxLength: 3}),
        fc.dictionary(word, tie('node'), {maxKeys: 3}),
      ),
    })).node
    fc.assert(
      fc.property(fc.dictionary(word, tree), properties => {
        const found = resolverOf(properties).properties('R')
        expect(JSON.stringify(found)).toBe(JSON.stringify(without(properties)))
      }),
    )
  })

  const without = (value: unknown): unknown => {
    const isNone = (item: unknown) =>
      JSON.stringify(item)?.includes('NoValue') &&
      Object.keys(item as object).length === 1 &&
      /^(?:\{"Ref"|\{"Fn::If")/.test(JSON.stringify(item))
    if (Array.isArray(value)) return value.filter(item => !isNone(item)).map(without)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => !isNone(item))
        .map(([key, item]) => [key, without(item)]),
    )
  }
})

describe('Fn::Cidr', () => {
  test('gives disjoint subnets of the right size inside the block', () => {
    const block = fc.oneof(
      fc.record({
        width: fc.constant(32),
        address: fc.bigInt(0n, 2n ** 32n - 1n),
        prefix: fc.integer({min: 0, max: 32}),
      }),
      fc.record({
        width: fc.constant(128),
        address: fc.bigInt(0n, 2n ** 128n - 1n),
        prefix: fc.integer({min: 0, max: 128}),
      }),
    )
    fc.assert(
      fc.property(
        block,
        fc.integer({min: 1, max: 256}),
        fc.nat(128),
        ({width, address, prefix}, count, bits) => {
          fc.pre(bits <= width)
          const text =
            width === 32
              ? [24n, 16n, 8n, 0n].map(shift => (address >> shift) & 255n).join('.')
              : Array.from({length: 8}, (_, index) =>
                  ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
                ).join(':')
          const subnets = cidrSubnets(`${text}/${prefix}`, count, bits)
          const fits = width - bits >= prefix && 2n ** BigInt(width - bits - prefix) >= BigInt(count)
          expect(subnets).toHaveLength(fits ? count : 0)
          const size = 2n ** BigInt(bits)
          const first = (address >> BigInt(width - prefix)) << BigInt(width - prefix)
          for (const [index, subnet] of (subnets ?? []).entries()) {
            expect(parseBlock(subnet)).toEqual({
              width,
              prefix: width - bits,
              address: first + size * BigInt(index),
            })
          }
        },
      ),
    )
  })
})

describe('dependencies', () => {
  const graphs = fc.integer({min: 1, max: 12}).chain(count =>
    fc.record({
      count: fc.constant(count),
      edges: fc.array(
        fc.tuple(fc.nat(count - 1), fc.nat(count - 1), fc.constantFrom('Ref', 'DependsOn', 'Sub', 'GetAtt')),
        {maxLength: 25},
      ),
      inactive: fc.subarray(Array.from({length: count}, (_, index) => index)),
    }),
  )

  test('are, for each active resource, the active ones that it mentions', () => {
    fc.assert(
      fc.property(graphs, ({count, edges, inactive}) => {
        const resources = Object.fromEntries(
          Array.from({length: count}, (_, index) => {
            // Edges only towards smaller numbers, so that there is no circle.
            const needs = edges.filter(([from, to]) => from === index && to < index)
            const properties = needs.flatMap(([, to, kind]) =>
              kind === 'DependsOn' ? [] : [mention(kind, `R${to}`)],
            )
            return [
              `R${index}`,
              {
                Type: 'A::B::C',
                ...(inactive.includes(index) && {Condition: 'No'}),
                DependsOn: needs.flatMap(([, to, kind]) => (kind === 'DependsOn' ? [`R${to}`] : [])),
                Properties: {P: properties},
              },
            ]
          }),
        )
        const template = parseTemplate(
          JSON.stringify({Conditions: {No: {'Fn::Equals': ['a', 'b']}}, Resources: resources}),
        )
        const resolver = createResolver({template, parameters: {}})
        const needs = creationNeeds(template, resolver.activeResources(), name => resolver.condition(name))
        const active = Array.from({length: count}, (_, index) => index).filter(
          index => !inactive.includes(index),
        )
        expect([...needs.keys()]).toEqual(active.map(index => `R${index}`))
        for (const index of active) {
          const mentioned = edges.filter(([from, to]) => from === index && to < index && active.includes(to))
          expect(needs.get(`R${index}`)?.toSorted()).toEqual(
            [...new Set(mentioned.map(([, to]) => `R${to}`))].sort(),
          )
        }
      }),
    )
  })

  const mention = (kind: string, name: string) =>
    kind === 'Ref' ? {Ref: name} : kind === 'Sub' ? {'Fn::Sub': `\${${name}}`} : {'Fn::GetAtt': [name, 'Arn']}

  test('that are circular are refused, naming only the resources on the circle', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 6}), fc.integer({min: 0, max: 4}), (length, tail) => {
        const resources = Object.fromEntries([
          ...Array.from({length}, (_, index) => [
            `C${index}`,
            {Type: 'A::B::C', DependsOn: `C${(index + 1) % length}`},
          ]),
          ...Array.from({length: tail}, (_, index) => [
            `T${index}`,
            {Type: 'A::B::C', DependsOn: index === 0 ? 'C0' : `T${index - 1}`},
          ]),
        ])
        const names = Array.from({length}, (_, index) => `C${index}`).join(', ')
        expect(() => validateTemplate(parseTemplate(JSON.stringify({Resources: resources})))).toThrow(
          `Circular dependency between resources: [${names}]`,
        )
      }),
    )
  })
})

describe('parameters', () => {
  test('are accepted exactly when every constraint holds', () => {
    const declaration = fc.record(
      {
        MinLength: fc.nat(4),
        MaxLength: fc.integer({min: 4, max: 8}),
        AllowedPattern: fc.constantFrom('[a-z]*', 'a.*', '.*[0-9]', '^ab?$'),
        AllowedValues: fc.array(fc.stringMatching(/^[ab1]{0,5}$/), {minLength: 1, maxLength: 5}),
      },
      {requiredKeys: []},
    )
    fc.assert(
      fc.property(declaration, fc.stringMatching(/^[ab1]{0,9}$/), (constraints, value) => {
        const template = parseTemplate(
          JSON.stringify({
            Parameters: {P: {Type: 'String', ...constraints}},
            Resources: {R: {Type: 'A::B::C'}},
          }),
        )
        const {MinLength = 0, MaxLength = 99, AllowedPattern = '.*', AllowedValues = [value]} = constraints
        const holds =
          value.length >= MinLength &&
          value.length <= MaxLength &&
          new RegExp(`^(${AllowedPattern})$`).test(value) &&
          AllowedValues.includes(value)
        expect(checkParameters(template, {P: value}).length === 0).toBe(holds)
      }),
    )
  })

  test('numbers are accepted exactly within their bounds', () => {
    fc.assert(
      fc.property(
        fc.integer({min: -5, max: 5}),
        fc.nat(9),
        fc.double({min: -20, max: 20, noNaN: true}),
        (low, size, value) => {
          const template = parseTemplate(
            JSON.stringify({
              Parameters: {P: {Type: 'Number', MinValue: low, MaxValue: low + size}},
              Resources: {R: {Type: 'A::B::C'}},
            }),
          )
          const isAccepted = checkParameters(template, {P: String(value)}).length === 0
          expect(isAccepted).toBe(value >= low && value <= low + size)
        },
      ),
    )
  })
})
