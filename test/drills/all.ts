import type {Drill} from './harness/drill.js'
import {builds} from './table/builds.js'
import {concurrency} from './table/concurrency.js'
import {creation} from './table/creation.js'
import {credentials} from './table/credentials.js'
import {deletion} from './table/deletion.js'
import {followed} from './table/followed.js'
import {interruptions} from './table/interruptions.js'
import {outages} from './table/outages.js'
import {realm} from './table/realm.js'
import {resourceTypes} from './table/resource-types.js'
import {services} from './table/services.js'
import {throttling} from './table/throttling.js'

/** Every drill of the tables, by what it is about. */
export const drillTables: Readonly<Record<string, readonly Drill[]>> = {
  'A resource fails': creation,
  'The image build': builds,
  'AWS limits the rate of calls': throttling,
  'Outages and lost answers': outages,
  'Credentials and permissions': credentials,
  'Services, targets and checks': services,
  'The realm that people log in to': realm,
  'A deletion that sticks': deletion,
  'Ctrl-C, time limits, and what was left alone': interruptions,
  'What somebody else began, or left': followed,
  'Several people at once': concurrency,
  'Each resource type': resourceTypes,
}
