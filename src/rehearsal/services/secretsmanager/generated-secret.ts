import type {World} from '../../account/world.js'
import {serviceFailure} from '../../resources/failures.js'
import {flag, number, text} from '../../resources/values.js'

const characterTypes = [
  {exclude: 'ExcludeLowercase', characters: 'abcdefghijklmnopqrstuvwxyz'},
  {exclude: 'ExcludeUppercase', characters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'},
  {exclude: 'ExcludeNumbers', characters: '0123456789'},
  {exclude: 'ExcludePunctuation', characters: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'},
]

/** Source: Secrets Manager API reference, GetRandomPassword. */
const defaultLength = 32
const maxLength = 4096

/**
 * What `GenerateSecretString` makes: a random string, or a JSON object with one under `GenerateStringKey`.
 * Source: CloudFormation template reference, "AWS::SecretsManager::Secret GenerateSecretString".
 * @throws ResourceFailure when no such string can be made, or the template is not a JSON object.
 */
export function generatedSecret(world: World, wanted: Record<string, unknown>): string {
  const password = randomPassword(world, wanted)
  const key = text(wanted.GenerateStringKey)
  const template = text(wanted.SecretStringTemplate)
  if (key === undefined && template === undefined) return password
  if (key === undefined || template === undefined) {
    throw refusal(world, 'SecretStringTemplate and GenerateStringKey must both be given, or neither')
  }
  return JSON.stringify({...jsonObject(world, template), [key]: password})
}

function randomPassword(world: World, wanted: Record<string, unknown>): string {
  const length = number(wanted.PasswordLength) ?? defaultLength
  const excluded = text(wanted.ExcludeCharacters) ?? ''
  const types = characterTypes
    .filter(({exclude}) => flag(wanted[exclude]) !== true)
    .map(({characters}) => Array.from(characters).filter(character => !excluded.includes(character)))
    .filter(characters => characters.length > 0)
  if (flag(wanted.IncludeSpace)) types.push([' '])
  const all = types.flat()
  const required = flag(wanted.RequireEachIncludedType) === false ? [] : types
  if (length < 1 || length > maxLength || length < required.length || all.length === 0) {
    throw refusal(
      world,
      'The password length is invalid for the character types and exclusions that are given.',
    )
  }
  const random = randomNumbers(world)
  const picked = Array.from({length}, (_, index) => pick(required[index] ?? all, random()))
  return shuffled(picked, random).join('')
}

/** One of each type comes first; without shuffling everybody would know where. */
function shuffled(characters: string[], random: () => number): string[] {
  return characters
    .map(character => ({character, order: random()}))
    .sort((left, right) => left.order - right.order)
    .map(({character}) => character)
}

function pick(characters: readonly string[], chance: number): string {
  return characters[Math.floor(chance * characters.length)] ?? ''
}

/** Numbers 0 ≤ n < 1 from the account's seed. */
function randomNumbers(world: World): () => number {
  let digits = ''
  return () => {
    if (digits.length < 8) digits = world.newHex(64)
    const value = Number.parseInt(digits.slice(0, 8), 16) / 2 ** 32
    digits = digits.slice(8)
    return value
  }
}

function jsonObject(world: World, template: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(template)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return {...value}
  } catch {
    // Refused below, like JSON that is no object.
  }
  throw refusal(world, 'Could not parse SecretStringTemplate JSON')
}

function refusal(world: World, message: string): Error {
  return serviceFailure(world, 'SecretsManager', message, {code: 'InvalidRequest'})
}
