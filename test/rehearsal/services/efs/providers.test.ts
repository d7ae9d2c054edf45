import {beforeEach, expect, it} from 'vitest'
import type {Resource} from '../../../../src/rehearsal/account/account.js'
import {Maker} from '../../helpers/providers.js'
import {testWorld} from '../../helpers/world.js'

let maker: Maker
let fileSystem: Resource
let subnets: Resource[]

beforeEach(() => {
  maker = new Maker(testWorld().world)
  const vpc = maker.make('AWS::EC2::VPC', {CidrBlock: '10.0.0.0/16'})
  subnets = ['a', 'a', 'b'].map((letter, index) =>
    maker.make('AWS::EC2::Subnet', {
      VpcId: vpc.physicalId,
      CidrBlock: `10.0.${index}.0/24`,
      AvailabilityZone: `us-west-2${letter}`,
    }),
  )
  fileSystem = maker.make('AWS::EFS::FileSystem')
})

function mountTarget(index: number): Resource {
  return maker.make('AWS::EFS::MountTarget', {
    FileSystemId: fileSystem.physicalId,
    SubnetId: subnets[index]?.physicalId,
    SecurityGroups: [],
  })
}

it('a mount target takes an address of its subnet', () => {
  expect(mountTarget(2).attributes.IpAddress).toBe('10.0.2.4')
})

it('a file system has one mount target in a zone', () => {
  mountTarget(0)
  expect(() => mountTarget(1)).toThrow('mount target already exists in this AZ')
  expect(() => mountTarget(2)).not.toThrow()
})

it('a file system cannot go while it has mount targets', () => {
  const target = mountTarget(0)
  expect(maker.blocker(fileSystem)).toContain('has mount targets and cannot be deleted')
  maker.remove(target)
  expect(maker.blocker(fileSystem)).toBeUndefined()
})

it('an access point needs its file system', () => {
  expect(() => maker.make('AWS::EFS::AccessPoint', {FileSystemId: 'fs-0'})).toThrow(
    "File system 'fs-0' does not exist.",
  )
  const point = maker.make('AWS::EFS::AccessPoint', {FileSystemId: fileSystem.physicalId})
  expect(point.attributes.Arn).toBe(
    `arn:aws:elasticfilesystem:us-west-2:${maker.world.account.id}:access-point/${point.physicalId}`,
  )
})
