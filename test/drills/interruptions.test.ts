import {testDrills} from './harness/drills.js'
import {interruptions} from './table/interruptions.js'

testDrills(interruptions)
