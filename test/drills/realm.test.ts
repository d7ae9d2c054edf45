import {testDrills} from './harness/drills.js'
import {realm} from './table/realm.js'

testDrills(realm)
