import {testDrills} from './harness/drills.js'
import {services} from './table/services.js'

testDrills(services)
