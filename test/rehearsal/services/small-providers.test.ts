import {beforeEach, describe, expect, it} from 'vitest'
import {Maker} from '../helpers/providers.js'
import {testWorld} from '../helpers/world.js'

let maker: Maker

beforeEach(() => {
  maker = new Maker(testWorld().world)
})

describe('a parameter', () => {
  const properties = {Name: '/demo/url', Type: 'String', Value: 'one'}

  it('shows its value as an attribute, and a new version after an update', () => {
    const made = maker.make('AWS::SSM::Parameter', properties)
    maker.update(made, {...properties, Value: 'two'})
    expect(made.attributes).toMatchObject({Type: 'String', Value: 'two'})
    expect(made.data.version).toBe(2)
  })

  it('is refused as SecureString', () => {
    expect(() => maker.make('AWS::SSM::Parameter', {...properties, Type: 'SecureString'})).toThrow(
      'Unsupported parameter type: SecureString',
    )
  })
})

describe('a log group', () => {
  it('is refused when one was left behind under its name', () => {
    const left = maker.make('AWS::Logs::LogGroup', {LogGroupName: '/ecs/demo'})
    left.owner = undefined
    expect(() => maker.make('AWS::Logs::LogGroup', {LogGroupName: '/ecs/demo'})).toThrow(
      "Resource of type 'AWS::Logs::LogGroup' with identifier '/ecs/demo' already exists.",
    )
  })

  it('has an ARN that ends in a star', () => {
    expect(maker.make('AWS::Logs::LogGroup', {LogGroupName: '/ecs/demo'}).attributes.Arn).toMatch(
      /:log-group:\/ecs\/demo:\*$/,
    )
  })

  it('keeps logs for one of the periods that exist', () => {
    expect(() => maker.make('AWS::Logs::LogGroup', {RetentionInDays: 31})).toThrow('enum value set')
    expect(() => maker.make('AWS::Logs::LogGroup', {RetentionInDays: '30'})).not.toThrow()
  })
})

describe('a certificate', () => {
  const make = (options: unknown[], more: Record<string, unknown> = {}) =>
    maker.make('AWS::CertificateManager::Certificate', {
      DomainName: 'a.example.com',
      ValidationMethod: 'DNS',
      DomainValidationOptions: options,
      ...more,
    })

  it('is issued when every name has a hosted zone', () => {
    const option = {DomainName: 'a.example.com', HostedZoneId: 'Z1'}
    expect(maker.settled(make([option]))).toEqual({state: 'ready'})
    expect(maker.settled(make([option], {SubjectAlternativeNames: ['b.example.com']}))).toMatchObject({
      state: 'waiting',
    })
  })

  it('waits for somebody to act otherwise', () => {
    expect(maker.settled(make([]))).toMatchObject({state: 'waiting'})
    expect(maker.settled(make([], {ValidationMethod: 'EMAIL'}))).toMatchObject({state: 'waiting'})
  })

  it('stays while a listener uses it', () => {
    const certificate = make([])
    const listener = {
      type: 'AWS::ElasticLoadBalancingV2::Listener',
      physicalId: 'arn:aws:elasticloadbalancing:listener',
      properties: {Certificates: [{CertificateArn: certificate.physicalId}]},
      attributes: {},
      tags: {},
      createdAt: 0,
      data: {},
    }
    maker.world.put(maker.region, listener)
    expect(maker.blocker(certificate)).toContain('is in use')
    maker.world.remove(maker.region, listener)
    expect(maker.blocker(certificate)).toBeUndefined()
  })
})

describe('a record', () => {
  const record = {Name: 'a.example.com', Type: 'A', HostedZoneId: 'Z1'}

  it('is there once for a name and a type', () => {
    expect(maker.make('AWS::Route53::RecordSet', record).physicalId).toBe('a.example.com')
    expect(() => maker.make('AWS::Route53::RecordSet', record)).toThrow('but it already exists')
    expect(() => maker.make('AWS::Route53::RecordSet', {...record, Type: 'AAAA'})).not.toThrow()
  })

  it('needs a zone id in the right form', () => {
    expect(() => maker.make('AWS::Route53::RecordSet', {...record, HostedZoneId: 'nope'})).toThrow(
      'No hosted zone found with ID: nope',
    )
  })

  it('keeps its zone from going', () => {
    const zone = maker.make('AWS::Route53::HostedZone', {Name: 'example.com'})
    maker.make('AWS::Route53::RecordSet', {...record, HostedZoneId: zone.physicalId})
    expect(maker.blocker(zone)).toContain('non-required resource record sets')
  })
})

describe('topics and alarms', () => {
  it('refer to a topic by its ARN', () => {
    const topic = maker.make('AWS::SNS::Topic', {TopicName: 'demo'})
    expect(topic.physicalId).toBe(`arn:aws:sns:us-west-2:${maker.world.account.id}:demo`)
    expect(() => maker.make('AWS::SNS::Topic', {TopicName: 'demo'})).toThrow('already exists')
    expect(() => maker.make('AWS::SNS::Subscription', {TopicArn: 'absent'})).toThrow('Topic does not exist')
  })

  it('have an alarm without data yet', () => {
    const alarm = maker.make('AWS::CloudWatch::Alarm', {AlarmName: 'demo'})
    expect(alarm.data.state).toBe('INSUFFICIENT_DATA')
    expect(alarm.attributes.Arn).toMatch(/:alarm:demo$/)
  })
})

describe('a bucket', () => {
  const properties = {
    BucketName: 'demo-bucket',
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms'}}],
    },
    PublicAccessBlockConfiguration: {BlockPublicPolicy: 'false'},
  }

  it('lives in the account, with its settings as the S3 API shows them', () => {
    maker.make('AWS::S3::Bucket', properties, {tags: {team: 'demo'}})
    expect(maker.world.account.buckets['demo-bucket']).toMatchObject({
      region: 'us-west-2',
      tags: {team: 'demo'},
      configuration: {
        encryption: {Rules: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms'}}]},
        publicAccessBlock: {BlockPublicPolicy: false},
      },
    })
  })

  it('has a name that nobody else has', () => {
    maker.make('AWS::S3::Bucket', properties)
    expect(() => new Maker(maker.world, 'eu-west-1').make('AWS::S3::Bucket', properties)).toThrow(
      'demo-bucket already exists',
    )
  })

  it('cannot go while it holds objects, and takes its content along', () => {
    const bucket = maker.make('AWS::S3::Bucket', properties)
    const stored = maker.world.account.buckets['demo-bucket']
    if (!stored) throw new Error('no bucket')
    stored.objects.key = {body: '', etag: '', size: 0, modifiedAt: 0}
    expect(maker.blocker(bucket)).toContain('The bucket you tried to delete is not empty')
    stored.objects = {}
    expect(maker.blocker(bucket)).toBeUndefined()
    maker.remove(bucket)
    expect(maker.world.account.buckets).toEqual({})
  })

  it('that keeps versions cannot go while it has old ones', () => {
    const bucket = maker.make('AWS::S3::Bucket', {
      ...properties,
      VersioningConfiguration: {Status: 'Enabled'},
    })
    const stored = maker.world.account.buckets['demo-bucket']
    if (!stored) throw new Error('no bucket')
    expect(stored.configuration.versioning).toEqual({Status: 'Enabled'})
    stored.history = {key: [{body: '', etag: '', size: 0, modifiedAt: 0, isDeleteMarker: true}]}
    expect(maker.blocker(bucket)).toContain('You must delete all versions in the bucket.')
  })

  it('has a policy by its own name', () => {
    const bucket = maker.make('AWS::S3::Bucket', properties)
    const policy = maker.make('AWS::S3::BucketPolicy', {
      Bucket: bucket.physicalId,
      PolicyDocument: {Statement: []},
    })
    expect(maker.world.account.buckets['demo-bucket']?.configuration.policy).toBe('{"Statement":[]}')
    maker.remove(policy)
    expect(maker.world.account.buckets['demo-bucket']?.configuration.policy).toBeUndefined()
  })
})
