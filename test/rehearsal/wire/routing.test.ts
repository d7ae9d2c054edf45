import {describe, expect, it} from 'vitest'
import {identify} from '../../../src/rehearsal/wire/identify.js'
import {loadModel} from '../../../src/rehearsal/wire/model.js'
import {isPlain} from '../../../src/rehearsal/wire/plain.js'
import {addressOf} from '../../../src/rehearsal/wire/s3-address.js'
import {routeS3} from '../../../src/rehearsal/wire/s3-route.js'
import {requestOf} from './request-of.js'

const signedFor = (service: string, region = 'eu-west-1') => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKID/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
})

const FORM = {'content-type': 'application/x-www-form-urlencoded; charset=utf-8'}

describe('the service of a request', () => {
  it.each([
    ['credential scope', 'POST /', signedFor('elasticloadbalancing'), '', 'elbv2'],
    [
      'credential scope before target',
      'POST /',
      {...signedFor('ecs'), 'x-amz-target': 'Logs_20140328.X'},
      '',
      'ecs',
    ],
    [
      'scope of a service that is not served',
      'POST /',
      signedFor('dynamodb'),
      'Action=X&Version=2010-05-15',
      undefined,
    ],
    ['presigned URL', 'GET /b/k?X-Amz-Credential=A%2F2%2Fr%2Fsts%2Faws4_request', {}, '', 'sts'],
    ['old signature', 'GET /b/k', {authorization: 'AWS AKID:x='}, '', 's3'],
    ['target', 'POST /', {'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ListClusters'}, '', 'ecs'],
    ['target that nobody has', 'POST /', {'x-amz-target': 'DynamoDB_20120810.ListTables'}, '', undefined],
    ['action and version', 'POST /', FORM, 'Action=DescribeStacks&Version=2010-05-15', 'cloudformation'],
    ['action and version in the URL', 'GET /?Action=DescribeVpcs&Version=2016-11-15', {}, '', 'ec2'],
    ['version that nobody has', 'POST /', FORM, 'Action=X&Version=1999-01-01', undefined],
    ['form without an action', 'POST /b', FORM, 'a=b', 's3'],
    ['nothing at all', 'GET /', {}, '', 's3'],
    ['broken signature', 'GET /', {authorization: 'AWS4-HMAC-SHA256 nonsense'}, '', 's3'],
  ])('comes from its %s', (_what, line, headers, body, service) => {
    expect(identify(requestOf(line, headers as Record<string, string>, body)).service).toBe(service)
  })

  it('comes with region and credentials', () => {
    const headers = {...signedFor('ecs', 'ap-south-1'), 'x-amz-security-token': 't'}
    const expected = {region: 'ap-south-1', accessKeyId: 'AKID', sessionToken: 't', signed: true}
    expect(identify(requestOf('POST /', headers))).toMatchObject(expected)
    expect(identify(requestOf('GET /'))).toMatchObject({region: 'us-west-2', signed: false})
  })
})

describe('the address of an S3 request', () => {
  it.each([
    ['127.0.0.1', '/', {}],
    ['127.0.0.1', '/b', {bucket: 'b'}],
    ['127.0.0.1', '/b/', {bucket: 'b'}],
    ['127.0.0.1', '/b/k/l%20m', {bucket: 'b', key: 'k/l m'}],
    ['127.0.0.1', '/b//k', {bucket: 'b', key: '/k'}],
    ['s3.amazonaws.com', '/b/k', {bucket: 'b', key: 'k'}],
    ['s3.us-west-2.amazonaws.com', '/b/k', {bucket: 'b', key: 'k'}],
    ['b.s3.us-west-2.amazonaws.com', '/k', {bucket: 'b', key: 'k'}],
    ['b.c.s3.amazonaws.com', '/', {bucket: 'b.c'}],
    ['b.s3-us-west-2.amazonaws.com', '/k', {bucket: 'b', key: 'k'}],
    ['b.s3.dualstack.us-west-2.amazonaws.com', '/k', {bucket: 'b', key: 'k'}],
    ['b.localhost', '/k', {bucket: 'b', key: 'k'}],
    ['localhost', '/b/k', {bucket: 'b', key: 'k'}],
  ])('%s%s', (host, path, address) => {
    expect(addressOf({host, path})).toEqual(address)
  })
})

describe('the operation of an S3 request', () => {
  it.each([
    ['GET /', 'ListBuckets'],
    ['GET /b', 'ListObjects'],
    ['GET /b?list-type=2', 'ListObjectsV2'],
    ['GET /b?location', 'GetBucketLocation'],
    ['GET /b?versions', 'ListObjectVersions'],
    ['GET /b?uploads', 'ListMultipartUploads'],
    ['GET /b?analytics', 'ListBucketAnalyticsConfigurations'],
    ['GET /b?analytics&id=1', 'GetBucketAnalyticsConfiguration'],
    ['HEAD /b', 'HeadBucket'],
    ['PUT /b', 'CreateBucket'],
    ['PUT /b?versioning', 'PutBucketVersioning'],
    ['DELETE /b', 'DeleteBucket'],
    ['POST /b?delete', 'DeleteObjects'],
    ['GET /b/k', 'GetObject'],
    ['GET /b/k?uploadId=1', 'ListParts'],
    ['GET /b/k?tagging', 'GetObjectTagging'],
    ['HEAD /b/k', 'HeadObject'],
    ['PUT /b/k', 'PutObject'],
    ['PUT /b/k?partNumber=1&uploadId=2', 'UploadPart'],
    ['POST /b/k?uploads', 'CreateMultipartUpload'],
    ['POST /b/k?uploadId=1', 'CompleteMultipartUpload'],
    ['DELETE /b/k', 'DeleteObject'],
    ['DELETE /b/k?uploadId=1', 'AbortMultipartUpload'],
  ])('%s is %s', async (line, operation) => {
    const request = requestOf(line)
    expect(routeS3(await loadModel('s3'), request, addressOf(request)).name).toBe(operation)
  })

  it.each([
    ['PUT /b/k', 'CopyObject'],
    ['PUT /b/k?partNumber=1&uploadId=2', 'UploadPartCopy'],
  ])('%s with a source is %s', async (line, operation) => {
    const request = requestOf(line, {'x-amz-copy-source': 'b/k'})
    expect(routeS3(await loadModel('s3'), request, addressOf(request)).name).toBe(operation)
  })
})

describe('a request is for something hosted, not for an API', () => {
  it.each([
    ['d1.cloudfront.net', '/', true, true],
    ['d2.cloudfront.net', '/', false, false],
    ['lb-1.us-west-2.elb.amazonaws.com', '/x', true, true],
    ['mcp.example.com', '/', true, true],
    ['mcp.example.com', '/', false, false],
    ['127.0.0.1', '/_mcpgw/answer/1', false, true],
    ['127.0.0.1', '/b/k', true, false],
    ['localhost', '/b/k', true, false],
    ['b.localhost', '/k', true, false],
    ['b.s3.amazonaws.com', '/k', true, false],
    ['ecs.us-west-2.amazonaws.com', '/', true, false],
  ])('%s%s hosted=%s: %s', (host, path, hosted, plain) => {
    expect(isPlain(requestOf(`GET ${path}`, {host}), () => hosted)).toBe(plain)
  })
})
