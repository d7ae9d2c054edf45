import {testDrills} from './harness/drills.js'
import {builds} from './table/builds.js'

testDrills(builds)
