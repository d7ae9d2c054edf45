import {beforeEach, describe, expect, it} from 'vitest'
import {ecsOperations} from '../../../../src/rehearsal/services/ecs/operations.js'
import {runTaskOperations} from '../../../../src/rehearsal/services/ecs/run-task-operations.js'
import {taskDefinitionOperations} from '../../../../src/rehearsal/services/ecs/task-definition-operations.js'
import {engineOf} from '../../engine/engine-world.js'
import {callIn} from '../../helpers/call.js'
import {testWorld} from '../../helpers/world.js'
import {put} from './fixtures.js'

const here = callIn('us-west-2')
const template = {
  Resources: {
    Cluster: {Type: 'AWS::ECS::Cluster', Properties: {ClusterName: 'demo'}},
    Definition: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Family: 'demo-job',
        Cpu: '256',
        Memory: '512',
        ContainerDefinitions: [{Name: 'job', Image: 'public.ecr.aws/docker/library/busybox:1'}],
      },
    },
  },
}

function account() {
  const {world, pass} = testWorld()
  const engine = engineOf(world, pass)
  put(world, 'AWS::EC2::Subnet', 'subnet-1', {CidrBlock: '10.0.1.0/24', VpcId: 'vpc-1'})
  engine.create('demo', template)
  pass(120)
  return {...engine, api: taskDefinitionOperations(world), run: runTaskOperations(world)}
}

let demo: ReturnType<typeof account>
beforeEach(() => {
  demo = account()
})

const listed = (status?: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS') =>
  demo.api.ListTaskDefinitions({status}, here).taskDefinitionArns.map(arn => arn.split('/').at(-1))
const [first] = ['demo-job:1']

describe('a task definition', () => {
  it('stays as an inactive revision when its stack is deleted', () => {
    demo.remove('demo')
    demo.pass(120)
    expect(demo.find('demo').status).toBe('DELETE_COMPLETE')
    expect(listed()).toEqual([])
    expect(listed('INACTIVE')).toEqual([first])
    expect(demo.api.ListTaskDefinitionFamilies({status: 'ACTIVE'}, here).families).toEqual([])
    expect(demo.api.ListTaskDefinitionFamilies({status: 'INACTIVE'}, here).families).toEqual(['demo-job'])
  })

  it('is deleted once it was deregistered, and not before', () => {
    const remove = () => demo.api.DeleteTaskDefinitions({taskDefinitions: [first, 'demo-job:9']}, here)
    expect(remove().failures.map(({reason}) => reason)).toEqual([
      expect.stringContaining('still in ACTIVE status'),
      expect.stringContaining('does not exist'),
    ])
    const {taskDefinition} = demo.api.DeregisterTaskDefinition({taskDefinition: first}, here)
    expect(taskDefinition.status).toBe('INACTIVE')
    expect(remove().taskDefinitions.map(({status}) => status)).toEqual(['DELETE_IN_PROGRESS'])
    expect(listed('DELETE_IN_PROGRESS')).toEqual([first])
    demo.pass(60)
    expect(listed('DELETE_IN_PROGRESS')).toEqual([])
    expect(() => demo.api.DescribeTaskDefinition({taskDefinition: first}, here)).toThrow(
      'Unable to describe task definition.',
    )
  })

  it('that somebody deregistered is found gone by its stack', () => {
    demo.api.DeregisterTaskDefinition({taskDefinition: first}, here)
    demo.remove('demo')
    demo.pass(120)
    expect(demo.find('demo').status).toBe('DELETE_COMPLETE')
  })
})

describe('RunTask', () => {
  const wanted = {
    cluster: 'demo',
    taskDefinition: 'demo-job',
    startedBy: 'somebody',
    networkConfiguration: {awsvpcConfiguration: {subnets: ['subnet-1']}},
  }

  it('starts a task of no service, which keeps its cluster until it is stopped', () => {
    const [task] = demo.run.RunTask(wanted, here).tasks
    expect(task).toMatchObject({group: 'family:demo-job', startedBy: 'somebody', lastStatus: 'PROVISIONING'})
    demo.pass(120)
    const ecs = ecsOperations(demo.world)
    const tasks = () => ecs.DescribeTasks?.({cluster: 'demo', tasks: [task?.taskArn ?? '']}, here)
    expect(tasks()).toMatchObject({tasks: [{lastStatus: 'RUNNING'}]})
    demo.remove('demo')
    demo.pass(120)
    expect(demo.find('demo').status).toBe('DELETE_FAILED')
    ecs.StopTask?.({cluster: 'demo', task: task?.taskArn}, here)
    demo.pass(60)
    demo.remove('demo')
    demo.pass(120)
    expect(demo.find('demo').status).toBe('DELETE_COMPLETE')
  })

  it('starts nothing from a revision that was deregistered, and none that is not there', () => {
    demo.api.DeregisterTaskDefinition({taskDefinition: first}, here)
    expect(() => demo.run.RunTask({...wanted, taskDefinition: first}, here)).toThrow(
      'TaskDefinition is inactive',
    )
    expect(() => demo.run.RunTask(wanted, here)).toThrow('TaskDefinition not found.')
  })
})
