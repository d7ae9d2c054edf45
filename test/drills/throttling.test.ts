import {testDrills} from './harness/drills.js'
import {throttling} from './table/throttling.js'

testDrills(throttling)
