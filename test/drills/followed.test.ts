import {testDrills} from './harness/drills.js'
import {followed} from './table/followed.js'

testDrills(followed)
