import type {Region, Resource} from '../../account/account.js'
import type {World} from '../../account/world.js'
import {checkLength, checkValue} from '../../resources/constraints.js'
import {pageOf} from '../../resources/paging.js'
import {text} from '../../resources/values.js'
import {modelled} from '../../wire/errors.js'
import type {Operations} from '../../wire/operations.js'

const parameterType = 'AWS::SSM::Parameter'

/** Parameter Store. Source: Systems Manager API reference. */
export function ssmOperations(world: World) {
  const find = (region: Region, name: string) => parameterNamed(world, region, name)
  return {
    GetParameter(input, call) {
      const found = find(world.region(call.region), input.Name ?? '')
      if (!found) throw modelled('ParameterNotFound', '')
      return {Parameter: parameterOf(found)}
    },

    GetParameters(input, call) {
      const region = world.region(call.region)
      const names = input.Names ?? []
      checkLength('names', names, {least: 1, most: 10}, invalid)
      return {
        Parameters: names.flatMap(name => find(region, name) ?? []).map(parameterOf),
        InvalidParameters: names.filter(name => !find(region, name)),
      }
    },

    GetParametersByPath(input, call) {
      const path = (input.Path ?? '').replace(/\/*$/, '/')
      if (!path.startsWith('/')) {
        throw modelled('ValidationException', 'The parameter path must be a fully qualified path.')
      }
      checkValue('maxResults', input.MaxResults, {least: 1, most: 10}, invalid)
      const found = world
        .resourcesOf(world.region(call.region), parameterType)
        .filter(({physicalId}) => physicalId.startsWith(path))
        .filter(({physicalId}) => input.Recursive || !physicalId.slice(path.length).includes('/'))
        .sort(byName)
      const page = pageOf(found, input.NextToken, input.MaxResults ?? 10)
      return {Parameters: page.items.map(parameterOf), NextToken: page.next}
    },

    DeleteParameter(input, call) {
      const region = world.region(call.region)
      const found = find(region, input.Name ?? '')
      if (!found) throw modelled('ParameterNotFound', '')
      world.remove(region, found)
      return {}
    },

    DeleteParameters(input, call) {
      const region = world.region(call.region)
      const names = input.Names ?? []
      checkLength('names', names, {least: 1, most: 10}, invalid)
      const found = names.flatMap(name => find(region, name) ?? [])
      const InvalidParameters = names.filter(name => !find(region, name))
      for (const parameter of found) world.remove(region, parameter)
      return {DeletedParameters: found.map(({physicalId}) => physicalId), InvalidParameters}
    },

    PutParameter({Name = '', Value = '', Type, Overwrite, Description, Tags = []}, call) {
      const region = world.region(call.region)
      const existing = find(region, Name)
      if (existing && !Overwrite) {
        throw modelled(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        )
      }
      const kept = text(existing?.attributes.Type) ?? Type
      if (kept !== 'String' && kept !== 'StringList') {
        throw invalid('This account keeps parameters of the types String and StringList only.')
      }
      const version = Number(existing?.data.version ?? 0) + 1
      const parameter: Resource = existing ?? {
        ...{type: parameterType, physicalId: Name, createdAt: world.now, data: {}, properties: {}},
        attributes: {
          Arn: `arn:aws:ssm:${call.region}:${world.account.id}:parameter/${Name.replace(/^\//, '')}`,
        },
        tags: Object.fromEntries(Tags.map(each => [each.Key ?? '', each.Value ?? ''])),
      }
      Object.assign(parameter.attributes, {Type: kept, Value})
      Object.assign(parameter.data, {version, modifiedAt: world.now})
      // A copy: the stack's own record of the properties must not change with it.
      parameter.properties = {...parameter.properties, Value, ...(Description && {Description})}
      if (!existing) world.put(region, parameter)
      return {Version: version, Tier: 'Standard' as const}
    },

    DescribeParameters(input, call) {
      checkValue('maxResults', input.MaxResults, {least: 1, most: 50}, invalid)
      const filters = [
        ...(input.ParameterFilters ?? []).map(({Key, Option, Values}) => ({
          key: Key,
          option: Option ?? 'Equals',
          values: Values ?? [],
        })),
        ...(input.Filters ?? []).map(({Key, Values}) => ({
          key: Key,
          option: 'BeginsWith',
          values: Values ?? [],
        })),
      ]
      const found = world
        .resourcesOf(world.region(call.region), parameterType)
        .filter(parameter => filters.every(filter => matches(parameter, filter)))
        .sort(byName)
      const page = pageOf(found, input.NextToken, input.MaxResults ?? 50)
      return {Parameters: page.items.map(metadataOf), NextToken: page.next}
    },
  } satisfies Operations<'ssm'>
}

const invalid = (message: string) => modelled('ValidationException', message)

interface ParameterFilter {
  key: string | undefined
  option: string
  values: string[]
}

/** By name or ARN; a version at the end (`name:3`) must be the present one, as no other is kept. */
function parameterNamed(world: World, region: Region, id: string): Resource | undefined {
  const bare = id.replace(/^arn:aws:ssm:[^:]*:\d*:parameter/, '')
  const [name = '', version] = bare.split(':')
  const found =
    world.resource(region, parameterType, name) ??
    world.resource(region, parameterType, name.replace(/^\//, ''))
  return version === undefined || String(found?.data.version) === version ? found : undefined
}

function parameterOf({physicalId, attributes, data}: Resource) {
  return {
    Name: physicalId,
    Type: attributes.Type as 'String' | 'StringList',
    Value: text(attributes.Value),
    Version: Number(data.version),
    LastModifiedDate: new Date(Number(data.modifiedAt)),
    ARN: text(attributes.Arn),
    DataType: 'text',
  }
}

function metadataOf(parameter: Resource) {
  const {Value: _, ...metadata} = parameterOf(parameter)
  return {...metadata, Description: text(parameter.properties.Description), Tier: 'Standard' as const}
}

function matches({physicalId, attributes, tags}: Resource, {key, option, values}: ParameterFilter): boolean {
  const value = key === 'Name' ? physicalId : key === 'Type' ? text(attributes.Type) : undefined
  if (key === 'Path') {
    const depth = (path: string) => physicalId.slice(path.replace(/\/*$/, '/').length)
    return values.some(
      path =>
        physicalId.startsWith(path.replace(/\/*$/, '/')) &&
        (option === 'Recursive' || !depth(path).includes('/')),
    )
  }
  if (key?.startsWith('tag:')) return values.includes(tags[key.slice(4)] ?? '')
  if (value === undefined) {
    throw modelled(
      'InvalidFilterKey',
      `The following filter key is not valid: ${key}. Valid filter keys include: [Path, Name, Type, tag].`,
    )
  }
  return values.some(wanted =>
    option === 'BeginsWith'
      ? value.startsWith(wanted)
      : option === 'Contains'
        ? value.includes(wanted)
        : value === wanted,
  )
}

function byName(left: Resource, right: Resource): number {
  return left.physicalId < right.physicalId ? -1 : 1
}
