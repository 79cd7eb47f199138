// SPDX-License-Identifier: Apache-2.0

/// One message of the interface, as far as `device call` must know it.
struct DeviceMessage: Sendable, Hashable {
    /// What a message does to a device.
    enum Effect: String, Sendable, Hashable {
        /// Nothing.
        case read = "it reads"
        /// It changes what libraries hold.
        case write = "it changes libraries"
        /// It makes files on the device.
        case export = "it makes files on the device"
        /// It changes how the device works.
        case configure = "it changes the device's settings"
        /// It deletes.
        case destroy = "it DELETES"
        /// It takes the device out of service, at least for a while.
        case restart = "it takes the device out of service"
        /// It logs in or out.
        case session = "it logs in or out"
    }

    /// What the message does to a device.
    let effect: Effect
    /// What the message is for.
    let title: String
    /// Whether it goes to `/api/form`, with files.
    let isForm: Bool

    private init(_ effect: Effect, _ title: String, isForm: Bool = false) {
        self.effect = effect
        self.title = title
        self.isForm = isForm
    }

    /// The messages by number (interface, message index); what is not here is not known to only read.
    static let all: [Int: DeviceMessage] = [
        257: Self(.session, "log in"),
        258: Self(.session, "log out"),
        269: Self(.configure, "set a user's authorization"),
        270: Self(.read, "query a user's authorization"),
        271: Self(.read, "re-check a user's password"),
        272: Self(.configure, "set a user privilege"),
        273: Self(.read, "query a user privilege"),
        513: Self(.configure, "add a camera"),
        514: Self(.destroy, "delete a camera"),
        515: Self(.configure, "modify a camera (bind and unbind libraries)"),
        516: Self(.read, "query all cameras"),
        769: Self(.read, "detect one face", isForm: true),
        771: Self(.read, "compare two faces, 1:1", isForm: true),
        772: Self(.read, "search libraries for a face, 1:N", isForm: true),
        779: Self(.read, "detect one face"),
        780: Self(.read, "search libraries for a face, 1:N"),
        781: Self(.read, "compare two faces, 1:1"),
        782: Self(.read, "detect several faces", isForm: true),
        1025: Self(.write, "create a portrait library"),
        1026: Self(.destroy, "delete a portrait library"),
        1027: Self(.write, "modify a portrait library"),
        1028: Self(.read, "list all portrait libraries"),
        1029: Self(.write, "store one portrait", isForm: true),
        1030: Self(.write, "store portraits in a batch", isForm: true),
        1031: Self(.destroy, "delete one portrait"),
        1032: Self(.read, "query one portrait (sensitive fields masked)"),
        1033: Self(.write, "change the attributes of one portrait"),
        1034: Self(.read, "query portrait libraries by criteria"),
        1035: Self(.read, "query the portraits of a library"),
        1036: Self(.read, "query face alarms"),
        1037: Self(.read, "query face captures"),
        1038: Self(.export, "export portraits, page by page"),
        1039: Self(.export, "export face alarms, page by page"),
        1040: Self(.export, "export face captures, page by page"),
        1041: Self(.export, "export chosen portraits"),
        1042: Self(.export, "export chosen face alarms"),
        1043: Self(.export, "export chosen face captures"),
        1044: Self(.destroy, "delete several portraits"),
        1045: Self(.destroy, "delete ALL capture and alarm records"),
        1046: Self(.read, "query body captures"),
        1047: Self(.export, "export chosen body captures"),
        1048: Self(.export, "export body captures, page by page"),
        1050: Self(.read, "query today's counts"),
        1051: Self(.write, "store one portrait"),
        1052: Self(.write, "store portraits in a batch"),
        1065: Self(.read, "query a personnel profile's captures, page by page"),
        1066: Self(.read, "find the personnel record behind a capture"),
        1067: Self(.read, "read one portrait's sensitive fields in clear"),
        1068: Self(.read, "query body alarms"),
        1069: Self(.export, "export chosen body alarms"),
        1070: Self(.export, "export body alarms, page by page"),
        1072: Self(.destroy, "delete strangers (grey list)"),
        1281: Self(.read, "query versions and identity"),
        1282: Self(.configure, "set the system time"),
        1283: Self(.read, "query the system time"),
        1286: Self(.read, "query the WebSocket subscription key"),
        1287: Self(.configure, "set the storage strategy"),
        1288: Self(.read, "query the storage strategy"),
        1290: Self(.configure, "set NTP"),
        1291: Self(.read, "query NTP"),
        1292: Self(.restart, "upgrade the software", isForm: true),
        1294: Self(.restart, "restart the system"),
        1295: Self(.configure, "set the default interface and DNS"),
        1296: Self(.configure, "set an interface"),
        1297: Self(.read, "query the network"),
        1298: Self(.configure, "set the HTTP push target"),
        1299: Self(.read, "query the HTTP push target"),
        1300: Self(.configure, "set the device id"),
        1301: Self(.read, "query the device id"),
        1302: Self(.configure, "upload HTTPS certificate or key", isForm: true),
        1303: Self(.configure, "delete HTTPS certificate or key"),
        1304: Self(.read, "query HTTPS certificate and key"),
        1305: Self(.restart, "switch between HTTPS and HTTP"),
        1306: Self(.read, "query the current protocol"),
        1310: Self(.read, "query the SIP server id"),
        1313: Self(.read, "query the CPU"),
        1314: Self(.read, "query the memory"),
        1315: Self(.configure, "open web access"),
        1316: Self(.configure, "close web access"),
        1317: Self(.destroy, "restore default configuration"),
        1322: Self(.session, "get a login verification code"),
        1333: Self(.configure, "set stranger clustering"),
        1334: Self(.read, "query stranger clustering"),
        1335: Self(.configure, "set the wandering alarm"),
        1336: Self(.read, "query the wandering alarm"),
        1337: Self(.restart, "shut the system down"),
        1360: Self(.configure, "set which images are pushed"),
        1361: Self(.read, "query which images are pushed"),
        1362: Self(.configure, "choose the AES variant"),
        1363: Self(.read, "query the AES variant"),
        1537: Self(.read, "list camera-controller bindings"),
        1538: Self(.configure, "create a camera-controller binding"),
        1539: Self(.destroy, "delete a camera-controller binding"),
        1900: Self(.read, "query what is stored"),
        1901: Self(.configure, "set what is stored"),
        1902: Self(.destroy, "set how long data is kept"),
        1903: Self(.read, "query how long data is kept"),
        2049: Self(.export, "export strangers, page by page"),
        2050: Self(.export, "export chosen strangers"),
        2051: Self(.export, "export a personnel profile, page by page"),
        2052: Self(.export, "export chosen captures of a personnel profile"),
        2053: Self(.read, "query strangers by criteria"),
        2054: Self(.read, "query wandering alarms"),
        2055: Self(.export, "export wandering alarms, page by page"),
        2056: Self(.export, "export chosen wandering alarms"),
        2057: Self(.read, "query one stranger"),
        2129: Self(.destroy, "delete chosen captures or alarms"),
    ]
}
