import {testDrills} from './harness/drills.js'
import {credentials} from './table/credentials.js'

testDrills(credentials)
