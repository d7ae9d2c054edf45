import fc from 'fast-check'
import {beforeEach, describe, expect, it} from 'vitest'
import {secretNamed, secretValue} from '../../../../src/rehearsal/resources/secret-values.js'
import {generatedSecret} from '../../../../src/rehearsal/services/secretsmanager/generated-secret.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

let maker: Maker

beforeEach(() => {
  maker = new Maker(testWorld().world)
})

const secret = (properties: Record<string, unknown>) => maker.make('AWS::SecretsManager::Secret', properties)

describe('a generated value', () => {
  it('has the length, leaves out what is excluded and holds one of each type', () => {
    const {world} = testWorld()
    fc.assert(
      fc.property(
        fc.integer({min: 4, max: 200}),
        fc.stringMatching(/^[a-y0-8!-/]{0,10}$/),
        (PasswordLength, ExcludeCharacters) => {
          const value = generatedSecret(world, {PasswordLength, ExcludeCharacters})
          expect(value).toHaveLength(PasswordLength)
          for (const character of ExcludeCharacters) expect(value).not.toContain(character)
          for (const type of [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/]) expect(value).toMatch(type)
        },
      ),
    )
  })

  it('goes into the template under its key', () => {
    const value = generatedSecret(testWorld().world, {
      SecretStringTemplate: '{"username": "keycloak"}',
      GenerateStringKey: 'password',
      ExcludePunctuation: true,
    })
    expect(JSON.parse(value)).toEqual({
      username: 'keycloak',
      password: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
    })
  })

  it('is the same for the same seed, and another one each time', () => {
    const values = [1, 1, 2].map(seed => generatedSecret(testWorld({seed}).world, {}))
    expect(values[0]).toBe(values[1])
    expect(values[0]).not.toBe(values[2])
    const {world} = testWorld()
    expect(generatedSecret(world, {})).not.toBe(generatedSecret(world, {}))
  })

  it.each([
    [{PasswordLength: 3}, 'The password length is invalid'],
    [{SecretStringTemplate: 'no json', GenerateStringKey: 'x'}, 'Could not parse SecretStringTemplate JSON'],
    [{SecretStringTemplate: '{}'}, 'must both be given'],
  ])('is refused for %j', (wanted, message) => {
    expect(() => generatedSecret(testWorld().world, wanted)).toThrow(message)
  })
})

describe('a secret', () => {
  it('is found by name, by ARN and by ARN without its ending', () => {
    const {physicalId} = secret({Name: 'demo/db', SecretString: 'x'})
    expect(physicalId).toMatch(/^arn:aws:secretsmanager:us-west-2:\d{12}:secret:demo\/db-[A-Za-z0-9]{6}$/)
    for (const id of ['demo/db', physicalId, physicalId.slice(0, -7)]) {
      expect(secretNamed(maker.world, maker.region, id)?.physicalId).toBe(physicalId)
    }
    expect(secretValue(maker.world, maker.region, 'demo/db')).toBe('x')
  })

  it('has its name to itself', () => {
    secret({Name: 'demo', SecretString: 'x'})
    expect(() => secret({Name: 'demo', SecretString: 'x'})).toThrow('demo already exists in stack')
  })

  it('keeps its generated value in an update that asks for nothing new', () => {
    const made = secret({Name: 'demo', GenerateSecretString: {PasswordLength: 20}})
    const before = secretValue(maker.world, maker.region, 'demo')
    maker.update(made, {Name: 'demo', Description: 'new', GenerateSecretString: {PasswordLength: 20}})
    expect(secretValue(maker.world, maker.region, 'demo')).toBe(before)
    maker.update(made, {Name: 'demo', GenerateSecretString: {PasswordLength: 21}})
    expect(secretValue(maker.world, maker.region, 'demo')).toHaveLength(21)
  })

  it('has no version when nothing is given and nothing generated', () => {
    const made = secret({Name: 'empty'})
    expect(made.data.versions).toEqual({})
    expect(secretValue(maker.world, maker.region, 'empty')).toBeUndefined()
  })

  it('cannot both be given and be generated', () => {
    expect(() => secret({SecretString: 'x', GenerateSecretString: {}})).toThrow('You cannot specify both')
  })

  it('keeps its name until a deletion with a window is over', () => {
    secret({Name: 'demo', SecretString: 'x'}).data.deletionAt = maker.world.now + 1
    expect(() => secret({Name: 'demo'})).toThrow('is already scheduled for deletion')
  })

  it('gets the connection of the database it is attached to', () => {
    const made = secret({Name: 'demo', SecretString: '{"password": "long-enough"}'})
    const cluster = maker.make('AWS::RDS::DBCluster', {Engine: 'aurora-mysql', DatabaseName: 'keycloak'})
    maker.make('AWS::SecretsManager::SecretTargetAttachment', {
      SecretId: made.physicalId,
      TargetId: cluster.physicalId,
      TargetType: 'AWS::RDS::DBCluster',
    })
    expect(JSON.parse(secretValue(maker.world, maker.region, 'demo') ?? '')).toMatchObject({
      password: 'long-enough',
      host: cluster.attributes['Endpoint.Address'],
      port: 3306,
    })
  })
})
