import {
  createResolver,
  parseTemplate,
  type Resolver,
  type ResolverInput,
  resolveParameters,
} from '../../src/template/index.js'

export const pseudo = {
  'AWS::AccountId': '123456789012',
  'AWS::Region': 'us-west-2',
  'AWS::Partition': 'aws',
  'AWS::StackName': 'demo',
  'AWS::StackId': 'arn:aws:cloudformation:us-west-2:123456789012:stack/demo/1',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::NotificationARNs': ['arn:aws:sns:us-west-2:123456789012:a'],
} as const

export const lookups = {
  ref: (logicalId: string) => `id-of-${logicalId}`,
  getAtt: (logicalId: string, attribute: string) => `${attribute}-of-${logicalId}`,
  importValue: (name: string) => `imported-${name}`,
  availabilityZones: (region: string) => ['a', 'b', 'c'].map(letter => `${region}${letter}`),
}

/** A resolver for a template with the given parameters and the lookups above. */
export function resolverFor(
  text: string,
  given: Record<string, string> = {},
  more: Partial<ResolverInput> = {},
): Resolver {
  const template = parseTemplate(text, 'sample.yaml')
  return createResolver({template, parameters: resolveParameters(template, given), pseudo, lookups, ...more})
}

/** The value that an expression has as property `P` of the only resource. */
export function propertyValue(expression: string, head = ''): unknown {
  const body = expression.includes('\n') ? `\n${expression.replaceAll(/^/gm, '        ')}` : ` ${expression}`
  const text = `${head}Resources:\n  Other:\n    Type: A::B::C\n  R:\n    Type: A::B::C\n    Properties:\n      P:${body}\n`
  return resolverFor(text).properties('R').P
}

/** A template around a body, with one resource unless the body has some. */
export function minimal(body: string): string {
  return body.includes('Resources:') ? body : `${body}\nResources:\n  A:\n    Type: A::B::C\n`
}
