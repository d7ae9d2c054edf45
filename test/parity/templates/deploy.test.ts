import {describe, expect, test} from 'vitest'
import {deploy} from '../../../src/parity/templates/deploy.js'
import {
  referenceIn,
  referencesIn,
  replaceReferences,
  standIn,
} from '../../../src/parity/templates/references.js'
import {type Label, labels} from '../../../src/parity/templates/template-set.js'
import {parseTemplate} from '../../../src/template/index.js'
import {fixedChoices} from '../../properties/templates/choices.js'
import {mutations} from '../../properties/templates/mutations/all.js'
import {loadTemplates} from '../../properties/templates/template-set.js'

const [nested, , , individual] = fixedChoices
if (nested === undefined || individual === undefined) throw new Error('There are hand-picked choices')
const templates = loadTemplates()
const deployed = deploy(templates, nested)

describe('copies of the templates', () => {
  test.each(labels)('%s says the same as a copy that was read again from JSON', label => {
    const copy = loadTemplates(documents => void documents[label])[label]
    const {parameters, mappings, conditions, rules, resources, outputs} = templates[label]
    expect(withoutLines(copy)).toEqual(
      expect.objectContaining(
        withoutLines({parameters, mappings, conditions, rules, resources, outputs}) as object,
      ),
    )
  })

  test('an edit changes its copy only, and templates that it does not ask for stay the same objects', () => {
    const edited = loadTemplates(({data}) => {
      data.Resources.ServersAccessPoint.Properties.PosixUser.Uid = '0'
    })
    expect(edited.data.resources.ServersAccessPoint?.properties.PosixUser).toEqual({Uid: '0', Gid: '1000'})
    expect(templates.data.resources.ServersAccessPoint?.properties.PosixUser).toEqual({
      Uid: '1000',
      Gid: '1000',
    })
    expect(
      loadTemplates(documents => void documents.data).data.resources.ServersAccessPoint?.properties,
    ).toEqual(templates.data.resources.ServersAccessPoint?.properties)
    expect(edited.compute).toBe(templates.compute)
  })
})

test('an edited template is what the whole document would be read as', () => {
  for (const {name, plant} of mutations.filter((_, index) => index % 100 === 0)) {
    const edited = loadTemplates(plant)
    const whole = new Map<Label, unknown>()
    loadTemplates((documents, texts) => {
      plant(documents, texts)
      for (const label of labels) whole.set(label, JSON.parse(JSON.stringify(documents[label])))
    })
    for (const label of labels) {
      const {parameters, mappings, conditions, rules, resources, outputs} = edited[label]
      expect(withoutLines(parseTemplate(JSON.stringify(whole.get(label)))), name).toEqual(
        expect.objectContaining(
          withoutLines({parameters, mappings, conditions, rules, resources, outputs}) as object,
        ),
      )
    }
  }
})

describe('a deployment', () => {
  test('follows references through exports to the resource that they mean', () => {
    const [registry] = deployed
      .resources('AWS::ECS::TaskDefinition')
      .filter(one => one.logicalId.startsWith('Reg'))
    const role = deployed.resource(referenceIn(registry?.properties.ExecutionRoleArn))
    expect(role).toMatchObject({stack: 'compute', logicalId: 'AppTaskExecutionRole', type: 'AWS::IAM::Role'})
    expect(deployed.stack('main').outputs.VpcId).toBe(standIn({stack: 'network', logicalId: 'Vpc'}))
  })

  test('knows what is before what, in both layouts', () => {
    for (const choice of [nested, individual]) {
      const {stacks} = deploy(templates, choice)
      const order = stacks.filter(({label}) => label !== 'main')
      expect(
        Object.fromEntries(order.map(({label, existingBefore}) => [label, [...existingBefore].sort()])),
      ).toEqual({
        network: [],
        data: ['network'],
        compute: ['network'],
        services: ['compute', 'data', 'network'],
      })
    }
  })

  test('is refused where CloudFormation would refuse it', () => {
    const lacksExport = loadTemplates(({data}) => void delete data.Outputs.EfsFileSystemId)
    expect(() => deploy(lacksExport, nested).stack('services').imports).toThrow(
      'services imports mcp-gateway-EfsFileSystemId, which no stack exports',
    )
    const passesUnknown = loadTemplates(({main}) => {
      main.Resources.DataStack.Properties.Parameters.Unknown = 'x'
    })
    expect(() => deploy(passesUnknown, nested)).toThrow('Parameters: [Unknown] do not exist in the template')
    const breaksRule = {...nested, parameters: {...nested.parameters, BaseDomain: 'example.com'}}
    expect(() => deploy(templates, breaksRule)).toThrow('BaseDomain is given without HostedZoneId')
  })
})

describe('references', () => {
  const arn = {stack: 'compute', logicalId: 'TaskRole', attribute: 'Arn'} as const
  const vpc = {stack: 'network', logicalId: 'Vpc'} as const

  test('are found at any depth and inside longer texts', () => {
    expect(referencesIn([{a: `x${standIn(arn)}.y,${standIn(vpc)}`}, 7, null])).toEqual([arn, vpc])
    expect(referenceIn(standIn(arn))).toEqual(arn)
    expect(referenceIn(`${standIn(arn)}/x`)).toBeUndefined()
    expect(referenceIn(undefined)).toBeUndefined()
  })

  test('are replaced one by one', () => {
    expect(replaceReferences(`a-${standIn(vpc)}-${standIn(arn)}`, ({logicalId}) => logicalId)).toBe(
      'a-Vpc-TaskRole',
    )
  })
})

function withoutLines(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, member) => (key === 'line' ? undefined : member)))
}
