import type {Region, Task} from '../../account/account.js'
import type {World} from '../../account/world.js'
import type {AppAnswer, AppRequest} from '../../resources/http-messages.js'
import type {PrivateHosts} from '../../resources/private-hosts.js'
import {parseImage} from '../ecr/images.js'
import type {App, RunningContainer} from './containers/container-app.js'
import {appOf} from './containers/container-apps.js'
import {runningContainer} from './running-container.js'
import {answersFrom, containersOfTask} from './task-containers.js'

/** What the containers of an account's tasks answer at their private addresses. */
export const containerHosts: PrivateHosts = {answerOf, servedBy}

/** What a health check gets from an address and port inside the VPC; undefined: nobody listens there. */
function answerOf(
  world: World,
  region: Region,
  address: string,
  port: number,
  request: AppRequest,
): AppAnswer | undefined {
  const found = listenerAt(world, region, address, port)
  return found?.app.answer(port, request, found.container)
}

/** What comes back from an address and port inside the VPC; undefined: nobody listens there. */
async function servedBy(
  world: World,
  region: Region,
  address: string,
  port: number,
  request: AppRequest,
): Promise<AppAnswer | undefined> {
  const found = listenerAt(world, region, address, port)
  if (!found) return undefined
  const {app, container} = found
  return app.serve ? app.serve(port, request, container) : app.answer(port, request, container)
}

function listenerAt(
  world: World,
  region: Region,
  address: string,
  port: number,
): {app: App; container: RunningContainer} | undefined {
  const task = runningTask(region, address)
  if (!task) return undefined
  for (const container of containersOfTask(world, region, task)) {
    const state = task.containers.find(({name}) => name === container.name)
    if (state?.lastStatus !== 'RUNNING' || !container.ports.includes(port)) continue
    const app = appOf(parseImage(container.image).repository)
    const since = answersFrom(world, task, container.image)
    if (since === undefined || world.now < since) return undefined
    if (app.ports && !app.ports.includes(port)) return undefined
    return {app, container: runningContainer(world, region, task, container)}
  }
  return undefined
}

function runningTask(region: Region, address: string): Task | undefined {
  return Object.values(region.tasks).find(task => task.privateIp === address && task.lastStatus === 'RUNNING')
}
