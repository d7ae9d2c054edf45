import {member} from '../../template/value.js'
import {isObject, type Json} from '../json.js'
import type {TerraformResource} from '../plan/resource.js'
import type {PropertyRow, TypeTable} from '../properties/row.js'
import type {Comparing} from './comparing.js'
import {expand, type Pairing, type Place, pathText} from './expand.js'
import {structured} from './normalisers.js'
import {pairingBy} from './pairing.js'
import {isEmpty, memberOf, parsePath} from './path.js'
import {mapTexts} from './scalars.js'
import {isUnknown, type Seen, see, seenOf, toldBy, wasUnknown} from './seen.js'
import {pointersIn} from './stand-ins.js'
import {isReadElsewhere, judgeUnknown, mayBeChosen, readElsewhere} from './unknown.js'
import type {AttributeVerdict} from './verdict.js'

/**
 * Compares a resource of the plan with its counterpart, row by row.
 * @param here the properties of the counterpart, or the property of it that the resource is
 * @param prefix the path of that property; empty for the whole resource
 */
export function compareRows(
  resource: TerraformResource,
  table: TypeTable,
  here: Json | undefined,
  prefix: readonly string[],
  comparing: Comparing,
): AttributeVerdict[] {
  const root: Place = {attribute: [], property: prefix, row: [], seen: seenOf(resource), here, isPaired: true}
  const pairing = pairingBy(table, comparing.values)
  return table.rows.flatMap(row =>
    placesOf(root, row, pairing).flatMap(place => compareAt(place, row, resource, comparing)),
  )
}

function placesOf(root: Place, row: PropertyRow, pairing: Pairing): Place[] {
  const attribute = parsePath(row.attribute)
  if (row.property !== null) return expand(root, attribute, parsePath(row.property), pairing)
  if (row.cloudFormationDefault === undefined) return []
  // What CloudFormation cannot say is in every element as if it were the default.
  return expand({...root, here: undefined}, attribute, attribute, (_, elements) =>
    elements.map((_, at) => [at, at]),
  )
}

function compareAt(
  place: Place,
  row: PropertyRow,
  resource: TerraformResource,
  comparing: Comparing,
): AttributeVerdict[] {
  const {seen} = place
  const here = told(place.here, row.cloudFormationDefault, place)
  const isLeftOut = seen !== undefined && leavesToAws(row, seen, here, resource, place, comparing)
  if (seen !== undefined && !isLeftOut && isUnknown(seen)) {
    const members = membersOf(place, row, here)
    return members === undefined
      ? judgeUnknown(place, row, here, resource, comparing)
      : members.flatMap(member => compareAt(member, {...row, as: 'scalar'}, resource, comparing))
  }
  const own = told(isLeftOut ? undefined : seen && toldBy(seen), row.terraformDefault, place)
  const terraform = own === undefined ? undefined : renamed(own, row)
  const differences = comparing.values.differences(terraform, here, row.as ?? 'scalar')
  if (differences.length > 0 && isReadElsewhere(place, terraform, here, resource, comparing)) {
    return judgeUnknown(place, row, here, resource, comparing, readElsewhere)
  }
  const mayBeOfAws = row.awsDecides === true && isEmpty(place.here) && isHardToTell(resource, place)
  return differences.map(difference => ({
    attribute: pathText([...place.attribute, ...difference.attributeSteps]),
    property: row.property === null ? null : pathText([...place.property, ...difference.propertySteps]),
    ...(mayBeOfAws ? {verdict: 'unknown', reason: mayBeChosen} : {verdict: 'different'}),
    ...(difference.terraform !== undefined && {terraform: difference.terraform}),
    ...(difference.here !== undefined && {here: difference.here}),
  }))
}

/** Of a map that is partly unknown, each member by itself. */
function membersOf(place: Place, {as}: PropertyRow, here: Json | undefined): Place[] | undefined {
  const {seen} = place
  if ((as !== 'tags' && as !== 'pairs') || !isObject(seen?.value)) return undefined
  const other = here === undefined ? {} : structured(here, as)
  if (!isObject(other)) return undefined
  const unknown = isObject(seen.unknown) ? Object.keys(seen.unknown) : []
  const names = new Set([...Object.keys(seen.value), ...unknown, ...Object.keys(other)])
  return [...names].map(name => ({
    ...place,
    attribute: [...place.attribute, name],
    property: [...place.property, name],
    seen: see(seen, [{kind: 'member', name}]),
    here: memberOf(other, name),
    isPaired: false,
  }))
}

/**
 * What nobody configures the plan never knows; that AWS fills it in later is no setting. A `for_each` may hand on what is
 * nothing, or what points at a resource: then the other side, or a state, points there too.
 */
function leavesToAws(
  {awsDecides}: PropertyRow,
  seen: Seen,
  here: Json | undefined,
  resource: TerraformResource,
  place: Place,
  {configured, values}: Comparing,
): boolean {
  if (awsDecides !== true) return false
  if (!wasUnknown(seen)) return isNotConfigured(resource, place.attribute, seen)
  const candidates = configured.of(resource, place.attribute)
  if (candidates === undefined) return true
  if (candidates.isComplete || candidates.pointers.length > 0) return false
  const hints = here === undefined ? [] : pointersIn(values.here(here, 'scalar'))
  return (
    hints.length === 0 &&
    (isUnknown(seen) || pointersIn(values.terraform(seen.value ?? null, [], 'scalar')).length === 0)
  )
}

/**
 * Of a resource that exists already a plan knows what AWS chose, and the provider works some values out before that. A block
 * that is made from a value (`dynamic`) is not in the configuration either, but of a new resource it is one.
 */
function isNotConfigured(
  {actions, configured}: TerraformResource,
  [name = '', ...inside]: readonly string[],
  {value}: Seen,
): boolean {
  const isBlock = Array.isArray(value) && value.some(isObject)
  const isTold = configured.length > 0 && inside.length === 0 && !configured.includes(name)
  return isTold && !(isBlock && actions.includes('create'))
}

/**
 * Arguments of a module's resources are all written in its configuration, most of them as nothing, which the document does
 * not tell; nor is told what is in a block. Of a resource that exists already, what AWS chose looks as if it were configured.
 */
function isHardToTell({actions, parsed}: TerraformResource, {attribute}: Place): boolean {
  return !actions.includes('create') && (parsed.modules.length > 0 || attribute.length > 1)
}

/** The value or, in elements that both sides have, the default. */
function told(value: Json | undefined, byDefault: Json | undefined, {isPaired}: Place): Json | undefined {
  const said = isEmpty(value) && isPaired ? byDefault : value
  return said === null || isEmpty(said) ? undefined : said
}

function renamed(value: Json, {values}: PropertyRow): Json {
  return values === undefined ? value : mapTexts(value, text => member(values, text) ?? text)
}
