import {type NamedValue, namesIn, placeOfName} from '../names.js'
import {located, type Property, placeOf, tooFew} from '../property.js'

/** CloudFormation: names of exports and of stacks, in characters. */
const maxExport = 255
const maxStack = 128
/** Nearly every service: tag keys and values, in characters. */
const maxTagKey = 128
const maxTagValue = 256

/**
 * A name that is too long, or holds what its service does not take, fails in the middle of a deployment, and only for
 * the environment whose name is too long or odd.
 */
export const namesFit: Property = {
  id: 'names-fit',
  title: 'every name fits what its service accepts',
  violations({deployed}) {
    const names = namesIn(deployed)
    const exports = deployed.stacks.flatMap(stack => stack.exports.map(({name}) => ({stack, name})))
    return [
      ...tooFew(
        names.filter(({rule}) => rule?.unique),
        55,
        'names',
      ),
      ...names.flatMap(name => located(placeOfName(name), [problemOf(name)])),
      ...tooFew(exports, 70, 'exports'),
      ...exports.flatMap(({stack, name}) =>
        located(`${stack.label} export ${name}`, [
          !/^[A-Za-z0-9:-]+$/.test(name) && 'only letters, digits, colons and hyphens may be in it',
          name.length > maxExport && `it has ${name.length} characters of ${maxExport}`,
        ]),
      ),
      ...deployed.stacks.flatMap(({label, name}) =>
        /^[A-Za-z][A-Za-z0-9-]*$/.test(name) && name.length <= maxStack
          ? []
          : [`${label}: ${name} names no stack`],
      ),
      ...deployed
        .resources()
        .flatMap(resource =>
          tagsOf(resource.properties).flatMap(([key, value]) =>
            located(`${placeOf(resource)} tag ${key}`, [
              key.length > maxTagKey && 'its key is too long',
              value.length > maxTagValue && 'its value is too long',
              /^aws:/i.test(key) && 'it is kept for AWS',
            ]),
          ),
        ),
    ]
  },
}

function problemOf({value, rule}: NamedValue): string | undefined {
  if (rule === undefined) return `no table says what ${value} may be; it belongs in tables/name-rules.ts`
  if (value.length > rule.max) return `${value} has ${value.length} characters of ${rule.max}`
  return rule.pattern.test(value) ? undefined : `${value} does not match ${rule.pattern}`
}

/** Lists of `Key` and `Value`, under whatever name the type has them, and the plain map of Systems Manager. */
function tagsOf(properties: Record<string, unknown>): [key: string, value: string][] {
  return Object.entries(properties)
    .filter(([name]) => name.endsWith('Tags'))
    .flatMap(([, tags]) =>
      Array.isArray(tags)
        ? tags.map(({Key, Value}): [string, string] => [String(Key), String(Value)])
        : Object.entries(tags as object).map(([key, value]): [string, string] => [key, String(value)]),
    )
}
