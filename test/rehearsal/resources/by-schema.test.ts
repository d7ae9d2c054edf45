import fc from 'fast-check'
import {describe, expect, it, test} from 'vitest'
import {hasSchemaProvider} from '../../../src/rehearsal/resources/by-schema/index.js'
import {propertyProblems} from '../../../src/rehearsal/resources/property-problems.js'
import {schemaOf, typesWithSchema} from '../../../src/rehearsal/resources/resource-schema.js'
import {engineWorld} from '../engine/engine-world.js'
import {minimalProperties} from '../helpers/minimal-properties.js'
import {Maker} from '../helpers/providers.js'
import {testWorld} from '../helpers/world.js'

const byRule = typesWithSchema().filter(hasSchemaProvider)

describe('a stack with one resource of every type by schema', () => {
  const logicalIdOf = (type: string) => type.replaceAll('::', '').slice('AWS'.length)
  const engine = engineWorld()
  const {create, pass, remove, region} = engine
  const stack = create(
    'all',
    {
      Resources: Object.fromEntries(
        byRule.map(type => [logicalIdOf(type), {Type: type, Properties: minimalProperties(type)}]),
      ),
    },
    {capabilities: ['CAPABILITY_NAMED_IAM']},
  )
  pass(3600)

  it('is created', () => {
    expect(stack.events.filter(({status}) => status.endsWith('FAILED')).map(({reason}) => reason)).toEqual([])
    expect(stack.status).toBe('CREATE_COMPLETE')
  })

  it.each(byRule)('gives %s an id and every attribute of its schema', type => {
    const stackResource = stack.resources[logicalIdOf(type)]
    const resource = region.resources[`${type}/${stackResource?.physicalId}`]
    expect(stackResource?.physicalId).toMatch(/^\S+$/)
    const {attributes = {}} = schemaOf(type) ?? {}
    expect(Object.keys(resource?.attributes ?? {}).sort()).toEqual(Object.keys(attributes))
    for (const [name, valueType] of Object.entries(attributes)) {
      const value = resource?.attributes[name]
      expect(Array.isArray(value), name).toBe(valueType.endsWith('[]'))
      if (/arn$/i.test(name) && value !== '' && !(name in minimalProperties(type)))
        expect(value, name).toMatch(/^arn:aws:/)
      expect(JSON.stringify(value), name).not.toMatch(/undefined|\$\{/)
    }
  })

  it('is deleted and leaves nothing', () => {
    remove('all')
    pass(3600)
    expect(stack.status).toBe('DELETE_COMPLETE')
    expect(region.resources).toEqual({})
  })
})

describe('a name that the template fixes', () => {
  const make = (maker: Maker, type: string, more: Record<string, unknown>) =>
    maker.make(type, {...minimalProperties(type), ...more})

  it('is the id, and is taken once', () => {
    const maker = new Maker(testWorld().world)
    expect(make(maker, 'AWS::DynamoDB::Table', {TableName: 'orders'})).toMatchObject({
      physicalId: 'orders',
      attributes: {Arn: `arn:aws:dynamodb:us-west-2:${maker.world.account.id}:table/orders`},
    })
    expect(() => make(maker, 'AWS::DynamoDB::Table', {TableName: 'orders'})).toThrow('already exists')
    expect(() =>
      make(new Maker(maker.world, 'eu-west-1'), 'AWS::DynamoDB::Table', {TableName: 'orders'}),
    ).not.toThrow()
  })

  it('is taken in every region where the service has one for all', () => {
    const maker = new Maker(testWorld().world)
    make(maker, 'AWS::IAM::User', {UserName: 'ada', Path: '/people/'})
    const elsewhere = new Maker(maker.world, 'eu-west-1')
    expect(() => make(elsewhere, 'AWS::IAM::User', {UserName: 'ada'})).toThrow('already exists')
  })

  it('is taken once in what it belongs to', () => {
    const maker = new Maker(testWorld().world)
    const stream = (group: string) =>
      make(maker, 'AWS::Logs::LogStream', {LogGroupName: group, LogStreamName: 'today'})
    expect(stream('one').physicalId).toBe('today')
    expect(() => stream('two')).not.toThrow()
    expect(() => stream('one')).toThrow('today already exists')
    expect(() => stream('two')).toThrow('today already exists')
  })
})

describe('what instances and queues are called', () => {
  it('follows from their place', () => {
    const maker = new Maker(testWorld().world)
    const vpc = maker.make('AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16'})
    const subnet = maker.make('AWS::EC2::Subnet', {
      VpcId: vpc.physicalId,
      CidrBlock: '10.0.1.0/24',
      AvailabilityZone: 'us-west-2b',
      MapPublicIpOnLaunch: true,
    })
    const {physicalId, attributes} = maker.make('AWS::EC2::Instance', {SubnetId: subnet.physicalId})
    expect(physicalId).toMatch(/^i-[0-9a-f]{17}$/)
    expect(attributes).toMatchObject({
      PrivateIp: '10.0.1.4',
      PrivateDnsName: 'ip-10-0-1-4.us-west-2.compute.internal',
      AvailabilityZone: 'us-west-2b',
      VpcId: vpc.physicalId,
      'State.Name': 'running',
    })
    const dashed = String(attributes.PublicIp).replaceAll('.', '-')
    expect(attributes.PublicDnsName).toBe(`ec2-${dashed}.us-west-2.compute.amazonaws.com`)
    expect(maker.blocker(subnet)).toContain('has dependencies and cannot be deleted')
  })

  it('ends in .fifo for a queue that keeps its order', () => {
    const {world} = testWorld()
    const {physicalId} = new Maker(world).make('AWS::SQS::Queue', {FifoQueue: true})
    expect(physicalId).toMatch(/^https:\/\/sqs\.us-west-2\.amazonaws\.com\/\d{12}\/demo-Thing-\w{12}\.fifo$/)
  })
})

describe('an update', () => {
  it('shows in the attributes that show a property', () => {
    const maker = new Maker(testWorld().world)
    const properties = {InstanceCount: 1, InstancePlatform: 'Linux/UNIX', InstanceType: 't3.micro'}
    const made = maker.make('AWS::EC2::CapacityReservation', properties)
    expect(made.attributes.InstanceType).toBe('t3.micro')
    maker.update(made, {...properties, InstanceType: 't3.small'})
    expect(made.attributes.InstanceType).toBe('t3.small')
  })

  it('counts the versions of a launch template, and of a list of prefixes', () => {
    const maker = new Maker(testWorld().world)
    const template = maker.make('AWS::EC2::LaunchTemplate', {LaunchTemplateData: {ImageId: 'ami-1'}})
    maker.update(template, {LaunchTemplateData: {ImageId: 'ami-1'}, TagSpecifications: []})
    expect(template.attributes.LatestVersionNumber).toBe('1')
    maker.update(template, {LaunchTemplateData: {ImageId: 'ami-2'}})
    expect(template.attributes.LatestVersionNumber).toBe('2')
    const list = maker.make('AWS::EC2::PrefixList', {PrefixListName: 'a', AddressFamily: 'IPv4'})
    maker.update(list, {...list.properties, Entries: [{Cidr: '10.0.0.0/8'}]})
    expect(list.attributes.Version).toBe(2)
  })
})

describe('properties', () => {
  const words = (type: string, properties: Record<string, unknown>) =>
    propertyProblems(type, properties).map(({pointer, message}) => `${pointer}: ${message}`)

  test.each(typesWithSchema())('of %s are right when the required ones are there', type => {
    expect(words(type, minimalProperties(type))).toEqual([])
  })

  it('are refused in the depth, in the words of the validator', () => {
    const container = {Image: 'nginx', name: 'web', PortMappings: 'all'}
    expect(words('AWS::ECS::TaskDefinition', {ContainerDefinitions: [container]})).toEqual([
      '#/ContainerDefinitions/0: extraneous key [name] is not permitted',
      '#/ContainerDefinitions/0: required key [Name] not found',
      '#/ContainerDefinitions/0/PortMappings: expected type: JSONArray, found: String',
    ])
    expect(words('AWS::Lambda::Function', {Code: {}, Role: 'r', Tags: {team: 'a'}, Timeout: 'soon'})).toEqual(
      [
        '#/Tags: expected type: JSONArray, found: JSONObject',
        '#/Timeout: expected type: Integer, found: String',
      ],
    )
    expect(words('AWS::EC2::VPC', {EnableDnsSupport: 'perhaps'})).toEqual([
      '#/EnableDnsSupport: expected type: Boolean, found: String',
    ])
  })

  it('may be written as text, and as a reference to what is not known yet', () => {
    expect(words('AWS::EC2::Volume', {Size: '8', Encrypted: 'true', AvailabilityZone: 'us-west-2a'})).toEqual(
      [],
    )
    expect(
      words('AWS::EC2::Volume', {Size: '{{resolve:ssm:/size}}', AvailabilityZone: 'us-west-2a'}),
    ).toEqual([])
  })

  it('may be a single rule where a security group lists them', () => {
    const rule = {IpProtocol: 'tcp', CidrIp: '10.0.0.0/8'}
    const group = {GroupDescription: 'x', SecurityGroupIngress: rule}
    expect(words('AWS::EC2::SecurityGroup', group)).toEqual([])
    expect(words('AWS::EC2::SecurityGroup', {...group, SecurityGroupIngress: {...rule, Port: 1}})).toEqual([
      '#/SecurityGroupIngress: extraneous key [Port] is not permitted',
    ])
  })

  it('that a type does not have are found in any of them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...typesWithSchema()),
        fc.stringMatching(/^Odd[A-Za-z]{1,9}$/),
        (type, name) => {
          expect(words(type, {...minimalProperties(type), [name]: 1})).toEqual([
            `#: extraneous key [${name}] is not permitted`,
          ])
        },
      ),
      {numRuns: 50},
    )
  })

  it('that a type requires are missed in any of them', () => {
    const withRequired = typesWithSchema().filter(type => Object.keys(minimalProperties(type)).length > 0)
    fc.assert(
      fc.property(fc.constantFrom(...withRequired), fc.nat(), (type, at) => {
        const properties = minimalProperties(type)
        const names = Object.keys(properties)
        const name = names[at % names.length] ?? ''
        delete properties[name]
        expect(words(type, properties)).toEqual([`#: required key [${name}] not found`])
      }),
      {numRuns: 50},
    )
  })
})
