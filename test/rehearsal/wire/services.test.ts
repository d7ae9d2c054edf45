import {describe, expect, it} from 'vitest'
import {buildModel} from '../../../src/rehearsal/wire/model.js'
import {SERVICES, serviceEntries} from '../../../src/rehearsal/wire/services.js'

interface Configured {
  config: {defaultSigningName: string; protocolSettings: Record<string, string>; protocol: object}
}

const PROTOCOL_CLASSES: Record<string, string> = {
  AwsQueryProtocol: 'query',
  AwsEc2QueryProtocol: 'ec2',
  AwsJson1_0Protocol: 'json',
  AwsJson1_1Protocol: 'json',
  S3RestXmlProtocol: 's3',
  AwsRestXmlProtocol: 'rest-xml',
  AwsRestJsonProtocol: 'rest-json',
}

describe.each(serviceEntries)('%s', (name, entry) => {
  it('is described as its client package describes it', async () => {
    const exports = (await entry.load()) as Record<string, new (config: object) => Configured>
    const Client = exports[Object.keys(exports).find(key => /^[A-Za-z0-9]+Client$/.test(key)) ?? '']
    const {config} = new (Client as new (config: object) => Configured)({region: 'us-west-2'})
    expect(entry.signingName).toBe(config.defaultSigningName)
    expect(entry.protocol).toBe(PROTOCOL_CLASSES[config.protocol.constructor.name])
    expect(entry.version).toBe(config.protocolSettings.version)
    if (entry.protocol === 'json') expect(entry.target).toBe(config.protocolSettings.serviceTarget)
    else expect(entry.xmlns).toBe(config.protocolSettings.xmlNamespace)
  })

  it('has a schema for every command', async () => {
    const exports = await SERVICES[name].load()
    const commands = Object.keys(exports).flatMap(key => /^([A-Z]\w*)Command$/.exec(key)?.[1] ?? [])
    const {operations} = buildModel(name, exports)
    expect(commands.filter(command => command !== '$' && !operations.has(command))).toEqual([])
  })
})
