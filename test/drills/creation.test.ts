import {testDrills} from './harness/drills.js'
import {creation} from './table/creation.js'

testDrills(creation)
