/**
 * Prints what the embedded account knows about the resource types that are named as arguments, from the AWS CDK team's
 * database of CloudFormation resource types. The database takes seconds and hundreds of megabytes to load, so the account
 * reads this extract instead, src/rehearsal/resources/resource-types.json.
 *
 * `npm run schemas` names every type that has a provider and writes the file: run it when a type comes or goes,
 * and after an upgrade of @aws-cdk/aws-service-spec.
 */
import {loadAwsServiceSpecSync} from '@aws-cdk/aws-service-spec'

const wanted = new Set(process.argv.slice(2))

const database = loadAwsServiceSpecSync()
const definitions = new Map(Array.from(database.all('typeDefinition'), each => [each.$id, each]))
const extract = {}
for (const resource of database.all('resource')) {
  if (wanted.has(resource.cloudFormationType)) extract[resource.cloudFormationType] = entryOf(resource)
}
const absent = [...wanted].filter(type => !(type in extract))
if (absent.length > 0) throw new Error(`@aws-cdk/aws-service-spec has no type ${absent.join(', ')}`)
process.stdout.write(render(extract))

/** What is empty is left out: most types need only half of these. */
function entryOf(resource) {
  const types = {}
  const shape = shapeOf(resource.properties, types)
  const causing = answer =>
    given(resource.properties)
      .filter(([, {causesReplacement}]) => causesReplacement === answer)
      .map(([name]) => name)
      .sort()
  return compact({
    ...shape,
    immutable: causing('yes'),
    maybeImmutable: causing('maybe'),
    types: sorted(types),
    id: resource.primaryIdentifier,
    attributes: attributesOf(resource.attributes),
    tags: resource.tagInformation?.tagPropertyName,
    arn: resource.arnTemplate,
  })
}

/** Names and types of members, and which of them are required; `types` takes up the types that they mention. */
function shapeOf(properties, types) {
  return compact({
    properties: sorted(
      Object.fromEntries(given(properties).map(([name, property]) => [name, typeOf(property, types)])),
    ),
    required: given(properties)
      .filter(([, {required}]) => required === true)
      .map(([name]) => name)
      .sort(),
  })
}

function given(properties) {
  return Object.entries(properties).filter(([, {deprecated}]) => deprecated !== 'IGNORE')
}

/** `string`, `Ebs[]`, `json{}` (a map) …, with alternatives divided by bars; earlier types of a property count too. */
function typeOf({type, previousTypes = []}, types) {
  return [...new Set([type, ...previousTypes].map(each => typeText(each, types)))].join('|')
}

function typeText(type, types) {
  switch (type.type) {
    case 'array':
      return `${elementText(type.element, types)}[]`
    case 'map':
      return `${elementText(type.element, types)}{}`
    case 'union':
      return [...new Set(type.types.map(each => typeText(each, types)))].join('|')
    case 'tag':
      return 'Tag'
    case 'ref': {
      const {name, properties} = definitions.get(type.reference.$ref)
      if (!(name in types)) {
        types[name] = {}
        Object.assign(types[name], shapeOf(properties, types))
      }
      return name
    }
    default:
      return type.type
  }
}

/** Elements that may be of several types count as anything. */
function elementText(type, types) {
  return type.type === 'union' ? 'json' : typeText(type, types)
}

/** Attributes by their names in `Fn::GetAtt`: of an attribute with members, its members. */
function attributesOf(attributes, prefix = '') {
  const found = {}
  for (const [name, {type}] of Object.entries(attributes)) {
    if (type.type === 'ref') {
      const {properties} = definitions.get(type.reference.$ref)
      Object.assign(found, attributesOf(properties, `${prefix}${name}.`))
    } else found[`${prefix}${name}`] = typeText(type, {})
  }
  return sorted(found)
}

function sorted(record) {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function compact(entry) {
  return Object.fromEntries(
    Object.entries(entry).filter(
      ([, value]) => value !== undefined && !(typeof value === 'object' && Object.keys(value).length === 0),
    ),
  )
}

/**
 * One line a type, so that an upgrade's difference can be read. Each is a text of its own, with ' for ", because
 * reading a text is quick, and of the two hundred types an account mostly needs a few dozen.
 */
function render(types) {
  const lines = Object.keys(types)
    .sort()
    .map(type => {
      const text = JSON.stringify(types[type])
      if (text.includes("'")) throw new Error(`${type} has an apostrophe in its data`)
      return `${JSON.stringify(type)}:"${text.replaceAll('"', "'")}"`
    })
  return `{\n${lines.join(',\n')}\n}\n`
}
