// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the braces are CloudFormation's
import {describe, expect, test} from 'vitest'
import {createResolver, parseTemplate} from '../../src/template/index.js'
import {lookups, minimal, propertyValue, pseudo, resolverFor} from './sample.js'

const head = `Parameters:
  Env: {Type: String, Default: dev}
  Count: {Type: Number, Default: 2}
  Names: {Type: CommaDelimitedList, Default: 'a, b,c'}
  Empty: {Type: CommaDelimitedList, Default: ''}
  Image: {Type: AWS::SSM::Parameter::Value<String>, Default: /image}
Mappings:
  Regions:
    us-west-2: {Zone: z1, List: [x, y]}
Conditions:
  IsDev: !Equals [!Ref Env, dev]
  IsProd: !Not [!Condition IsDev]
  Both: !And [!Condition IsDev, !Equals [!Ref Count, 2]]
  Either: !Or [!Condition IsProd, !Equals [!Join ['', !Ref Empty], '']]
`

describe('an expression', () => {
  test.each([
    ['!Ref Env', 'dev'],
    ['!Ref Count', '2'],
    ['!Ref Names', ['a', 'b', 'c']],
    ['!Ref Empty', ['']],
    ['!Ref Image', '/image'],
    ['!Ref AWS::Region', 'us-west-2'],
    ['!Ref AWS::NotificationARNs', ['arn:aws:sns:us-west-2:123456789012:a']],
    ['!Ref Other', 'id-of-Other'],
    ['!GetAtt Other.Endpoint.Address', 'Endpoint.Address-of-Other'],
    ['{Fn::GetAtt: [Other, !Ref Env]}', 'dev-of-Other'],
    ['!Sub "${Env}-${Other}-${Other.Arn}-${AWS::AccountId}"', 'dev-id-of-Other-Arn-of-Other-123456789012'],
    ['!Sub "${!Literal} $Env ${"', '${Literal} $Env ${'],
    ['!Sub ["${Env}-${x.y}", {Env: own, x.y: !Ref Count}]', 'own-2'],
    ['!Sub "a${AWS::NoValue}b"', 'ab'],
    ['!Join ["-", [a, 1, true, !Ref AWS::NoValue, !Ref Env]]', 'a-1-true-dev'],
    ['!Join [",", !Ref Names]', 'a,b,c'],
    ['!Split [",", "a,b,,c"]', ['a', 'b', '', 'c']],
    ['!Select [1, !Ref Names]', 'b'],
    ['!Select ["0", !GetAZs ""]', 'us-west-2a'],
    ['!GetAZs eu-west-1', ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
    ['!If [IsDev, small, big]', 'small'],
    ['!If [IsProd, !Ref Nowhere, big]', 'big'],
    ['!FindInMap [Regions, !Ref AWS::Region, Zone]', 'z1'],
    ['!FindInMap [Regions, us-west-2, List]', ['x', 'y']],
    ['!Base64 "hello world"', 'aGVsbG8gd29ybGQ='],
    ['!Base64 {"Fn::Sub": "${Env}"}', 'ZGV2'],
    ['!ImportValue {"Fn::Sub": "${Env}-vpc"}', 'imported-dev-vpc'],
    ['!Cidr ["10.0.0.0/16", 2, 8]', ['10.0.0.0/24', '10.0.1.0/24']],
    ['[a, !Ref AWS::NoValue, !If [IsProd, x, !Ref AWS::NoValue], b]', ['a', 'b']],
    ['{Keep: 1, Drop: !Ref AWS::NoValue, Deep: {Drop: !Ref AWS::NoValue}}', {Keep: 1, Deep: {}}],
    ['"{{resolve:secretsmanager:s:SecretString:p}}"', '{{resolve:secretsmanager:s:SecretString:p}}'],
    ['{Condition: {StringEquals: {a: b}}}', {Condition: {StringEquals: {a: 'b'}}}],
  ])('%s is %j', (expression, value) => {
    expect(propertyValue(expression, head)).toEqual(value)
  })

  test.each([
    [
      '!Join [",", a]',
      'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
    ],
    [
      '!Join [",", [[a]]]',
      'Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
    ],
    [
      '!Split [","]',
      'Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
    ],
    ['!Select [3, [a, b]]', 'Template error: Fn::Select  cannot select nonexistent value at index 3'],
    [
      '!Select [x, [a, b]]',
      'Template error: Fn::Select requires a list argument with two elements: an integer index and a list',
    ],
    [
      '!FindInMap [Regions, eu-west-1, Zone]',
      'Template error: Unable to get mapping for Regions::eu-west-1::Zone',
    ],
    [
      '!FindInMap [Regions, us-west-2, toString]',
      'Template error: Unable to get mapping for Regions::us-west-2::toString',
    ],
    [
      '!FindInMap [Regions, us-west-2, Zone, {DefaultValue: x}]',
      'Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
    ],
    [
      '!FindInMap [Nope, a, b]',
      "Template error: Mapping named 'Nope' is not present in the 'Mappings' section of template.",
    ],
    ['!If [Nope, a, b]', 'Template error: unresolved condition dependency Nope in Fn::If'],
    [
      '!Ref Nope',
      'Template format error: Unresolved resource dependencies [Nope] in the Resources block of the template',
    ],
    ['!GetAtt Nope.Arn', 'Template error: instance of Fn::GetAtt references undefined resource Nope'],
    [
      '!GetAtt Other',
      'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
    ],
    [
      '!Sub "${Nope.Arn}"',
      'Template error: instance of Fn::Sub references invalid resource attribute Nope.Arn',
    ],
    [
      '!Sub "${a b}"',
      'Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons',
    ],
    [
      '!Sub [a]',
      "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    ],
    ['!Sub "${Names}"', 'Template error: variable Names in Fn::Sub expression does not resolve to a string'],
    ['!Base64 [a]', 'Template error: every Fn::Base64 object must have a String-typed value.'],
    [
      '!Cidr ["10.0.0.0/24", 9, 5]',
      'Template error: Fn::Cidr cannot fit 9 blocks with 5 subnet bits in 10.0.0.0/24',
    ],
    ['!Cidr ["10.0.0/24", 1, 5]', 'Template error: Fn::Cidr ipBlock 10.0.0/24 is not a valid CIDR block'],
    [
      '!Cidr ["10.0.0.0/8", 257, 8]',
      'Template error: every Fn::Cidr object requires three parameters, an IP address block, a count from 1 to 256 and a number of subnet bits',
    ],
  ])('%s is refused', (expression, message) => {
    expect(() => propertyValue(expression, head)).toThrow(expect.objectContaining({message}))
  })
})

describe('createResolver', () => {
  const text = `${head}Resources:
  Always: {Type: A::B::C}
  Prod: {Type: A::B::C, Condition: IsProd}
  User: {Type: A::B::C, Properties: {P: !Ref Prod}}
Outputs:
  Id: {Value: !Ref Always, Description: The id, Export: {Name: !Sub '\${AWS::StackName}-id'}}
  ProdId: {Value: !Ref Prod, Condition: IsProd}
  Bad: {Value: !Ref Names}
  Lost: {Value: !Ref Prod}
`

  test('evaluates conditions through each other', () => {
    const resolver = resolverFor(text)
    expect(['IsDev', 'IsProd', 'Both', 'Either'].map(resolver.condition)).toEqual([true, false, true, true])
    expect(resolver.activeResources()).toEqual(['Always', 'User'])
    expect(resolverFor(text, {Env: 'prod'}).activeResources()).toEqual(['Always', 'Prod', 'User'])
  })

  test('evaluates outputs whose condition holds', () => {
    const resolver = resolverFor(text)
    expect(resolver.output('Id')).toEqual({
      name: 'Id',
      value: 'id-of-Always',
      description: 'The id',
      exportName: 'demo-id',
    })
    expect(resolver.output('ProdId')).toBeUndefined()
    expect(resolver.activeOutputs()).toEqual(['Id', 'Bad', 'Lost'])
    expect(() => resolver.output('Bad')).toThrow(
      'The Value field of every Outputs member must evaluate to a String.',
    )
  })

  test('treats a resource that is not made as unresolved, with the block and the line', () => {
    const resolver = resolverFor(text)
    expect(() => resolver.properties('User')).toThrow(
      'Template format error: Unresolved resource dependencies [Prod] in the Resources block of the template',
    )
    expect(() => resolver.output('Lost')).toThrow(
      expect.objectContaining({
        message: 'Unresolved resource dependencies [Prod] in the Outputs block of the template',
        location: 'sample.yaml:23',
      }),
    )
  })

  test('passes on what a lookup throws', () => {
    const failure = new Error('not yet known')
    const resolver = resolverFor(
      text,
      {},
      {
        lookups: {
          ...lookups,
          ref: () => {
            throw failure
          },
        },
      },
    )
    expect(() => resolver.output('Id')).toThrow(failure)
  })

  test('takes the value of SSM parameters from a lookup', () => {
    const resolver = resolverFor(text, {}, {lookups: {ssmParameter: name => `value of ${name}`}})
    expect(resolver.value({Ref: 'Image'})).toBe('value of /image')
  })

  test('finds circles of conditions', () => {
    const resolver = resolverFor(minimal('Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]'))
    expect(() => resolver.condition('A')).toThrow('Circular dependency between conditions: [A, B]')
  })

  test('knows no resources and no imports inside conditions', () => {
    const resolver = resolverFor(
      minimal('Conditions:\n  X: !Equals [!Ref A, b]\n  Y: !Equals [!ImportValue z, b]'),
    )
    expect(() => resolver.condition('X')).toThrow(
      'Template format error: Unresolved dependencies [A]. Cannot reference resources in the Conditions block of the template',
    )
    expect(() => resolver.condition('Y')).toThrow('Template error: Cannot use Fn::ImportValue in Conditions.')
  })

  test('says that something is not known before the stack exists', () => {
    const template = parseTemplate(text)
    const resolver = createResolver({
      template,
      parameters: {Env: 'dev', Count: '2', Empty: '', Names: ''},
      pseudo,
    })
    expect(() => resolver.output('Id')).toThrow('Always is not known before the stack exists')
  })
})

test('conditions may be those of another resolver, whose parameters have other values', () => {
  const template = parseTemplate(`${head}Resources:
  Thing: {Type: AWS::SNS::Topic, Condition: IsDev, Properties: {TopicName: !If [IsDev, !Ref Env, none]}}
`)
  const parameters = {Env: 'dev', Count: '2', Names: 'a', Empty: '', Image: '/image'}
  const conditions = createResolver({template, parameters})
  const hidden = {...parameters, Env: '****'}
  const resolver = createResolver({template, parameters: hidden, conditions})
  expect(resolver.properties('Thing')).toEqual({TopicName: '****'})
  expect(resolver.activeResources()).toEqual(['Thing'])
  expect(createResolver({template, parameters: hidden}).activeResources()).toEqual([])
})
