import {expect, it} from 'vitest'
import {recordedDeploy} from '../../src/app/recorded-deploy.js'
import {deployContext} from '../helpers/contexts.js'
import {FakeAws} from '../helpers/fake-aws.js'
import {virtualClock} from '../helpers/virtual-clock.js'

it('tells of express mode, so that nobody learns durations from it, and of secrets nothing', () => {
  const clock = virtualClock()
  const parameters = {AdminPassword: 'Canary-of-the-recording', TargetCpuUtilization: '60'}
  const {settings} = deployContext(new FakeAws(clock), clock, {express: true, parameters})
  expect(recordedDeploy(settings)).toMatchObject({
    isExpress: true,
    parameters: {AdminPassword: '****', TargetCpuUtilization: '60'},
  })
  expect(recordedDeploy({...settings, express: false}).isExpress).toBe(false)
})
