import {describe, expect, test} from 'vitest'
import {containersByName, propertySteps} from '../../../src/parity/compare/containers.js'
import type {JsonObject} from '../../../src/parity/json.js'

const api = {
  name: 'app',
  image: 'app:1',
  environment: [
    {name: 'PORT', value: '80'},
    {name: 'EMPTY', value: ''},
  ],
  secrets: [{name: 'KEY', valueFrom: 'arn:key'}],
  portMappings: [{containerPort: 80, name: 'http', protocol: 'tcp'}],
  mountPoints: [{containerPath: '/data', sourceVolume: 'data', readOnly: false}],
  healthCheck: {command: ['CMD', 'x'], interval: 30},
  logConfiguration: {logDriver: 'awslogs', options: {'awslogs-group': '/ecs/app'}},
}

const template = {
  Name: 'app',
  Image: 'app:1',
  Environment: [
    {Name: 'EMPTY', Value: ''},
    {Name: 'PORT', Value: '80'},
  ],
  Secrets: [{Name: 'KEY', ValueFrom: 'arn:key'}],
  PortMappings: [{ContainerPort: 80, HostPort: 80, Name: 'http'}],
  MountPoints: [{ContainerPath: '/data', SourceVolume: 'data'}],
  HealthCheck: {Command: ['CMD', 'x'], Retries: 3, Timeout: 5},
  LogConfiguration: {LogDriver: 'awslogs', Options: {'awslogs-group': '/ecs/app'}},
}

test('the API and CloudFormation write one container alike', () => {
  const meaning = {
    app: {
      image: 'app:1',
      environment: {PORT: '80', EMPTY: ''},
      secrets: {KEY: 'arn:key'},
      portMappings: {'80/tcp': {name: 'http'}},
      mountPoints: {'/data': {sourceVolume: 'data'}},
      healthCheck: {command: ['CMD', 'x']},
      logConfiguration: {logDriver: 'awslogs', options: {'awslogs-group': '/ecs/app'}},
    },
  }
  expect(containersByName([api])).toEqual(meaning)
  expect(containersByName([template])).toEqual(meaning)
})

test('what Amazon ECS takes anyway makes no difference', () => {
  const said = {
    essential: true,
    cpu: 0,
    privileged: false,
    stopTimeout: 30,
    interactive: false,
    user: '',
    command: [],
  }
  expect(containersByName([{...api, ...said}])).toEqual(containersByName([api]))
})

describe('told apart is', () => {
  test.each<[string, JsonObject]>([
    ['a variable that is empty, from none', {environment: [{name: 'PORT', value: '80'}]}],
    ['a port of the host', {portMappings: [{containerPort: 80, hostPort: 8080, name: 'http'}]}],
    ['a protocol', {portMappings: [{containerPort: 80, name: 'http', protocol: 'udp'}]}],
    [
      'a mount that is read only',
      {mountPoints: [{containerPath: '/data', sourceVolume: 'data', readOnly: true}]},
    ],
    ['a health check that waits longer', {healthCheck: {command: ['CMD', 'x'], startPeriod: 60}}],
    ['the order of a command', {healthCheck: {command: ['x', 'CMD']}}],
    ['a container that may do anything', {privileged: true}],
    ['one that may stop', {essential: false}],
    ['a name', {name: 'other'}],
  ])('%s', (_, change) => {
    expect(containersByName([{...api, ...change}])).not.toEqual(containersByName([api]))
  })
})

test('a place inside is written as CloudFormation writes it, names of somebody as they are', () => {
  expect(propertySteps(['app', 'environment', 'my_variable'])).toEqual(['app', 'Environment', 'my_variable'])
  expect(propertySteps(['app', 'portMappings', '80/tcp', 'appProtocol'])).toEqual([
    'app',
    'PortMappings',
    '80/tcp',
    'AppProtocol',
  ])
  expect(propertySteps(['app', 'logConfiguration', 'options', 'awslogs-group'])).toEqual([
    'app',
    'LogConfiguration',
    'Options',
    'awslogs-group',
  ])
})
