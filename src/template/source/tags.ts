import type {CollectionTag, ScalarTag} from 'yaml'
import type {Value} from '../value.js'

/** Functions by the tag that is their short form, `!Sub` for `Fn::Sub`. */
export const shortForms: ReadonlyMap<string, string> = new Map([
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...[
    ...[
      'And',
      'Base64',
      'Cidr',
      'Equals',
      'FindInMap',
      'GetAZs',
      'GetAtt',
      'If',
      'ImportValue',
      'Join',
      'Not',
    ],
    ...['Or', 'Select', 'Split', 'Sub'],
    ...['Contains', 'EachMemberEquals', 'EachMemberIn', 'RefAll', 'ValueOf', 'ValueOfAll'],
    // Known, so that they are refused by name like their long forms rather than as broken YAML.
    ...['Transform', 'ForEach', 'Length', 'ToJsonString', 'GetStackOutput'],
  ].map(name => [`!${name}`, `Fn::${name}`] as const),
])

/**
 * The short forms as tags of the `yaml` library. The reader does the work from the tag's name; they are
 * declared only because the library builds an Error with a stack for every tag that it does not know.
 */
export const yamlTags: (ScalarTag | CollectionTag)[] = [...shortForms.keys()].flatMap(tag => [
  {tag, resolve: (text: string) => text} satisfies ScalarTag,
  {tag, collection: 'map', resolve: map => map} satisfies CollectionTag,
  {tag, collection: 'seq', resolve: list => list} satisfies CollectionTag,
])

/** `!GetAtt Stack.Outputs.Url` names the resource up to the first dot and the attribute after it. */
export function splitAttribute(text: string): string[] {
  const dot = text.indexOf('.')
  return dot === -1 ? [text] : [text.slice(0, dot), text.slice(dot + 1)]
}

/** The argument of a function as its long form has it: in YAML an attribute may be written `A.B`. */
export function longArgument(name: string, argument: Value): Value {
  return name === 'Fn::GetAtt' && typeof argument === 'string' ? splitAttribute(argument) : argument
}
