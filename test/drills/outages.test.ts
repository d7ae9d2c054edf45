import {testDrills} from './harness/drills.js'
import {outages} from './table/outages.js'

testDrills(outages)
