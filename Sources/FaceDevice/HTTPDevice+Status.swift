// SPDX-License-Identifier: Apache-2.0

extension HTTPDevice {
    /// What the device says of itself (1281).
    public func identity() async throws -> DeviceIdentity {
        let data = try await success(.identity, .json(.identity)).data
        let serial = data.text(of: "serial_id")
        guard !serial.isEmpty || settings.identity != nil else {
            throw malformed(
                .identity,
                "no serial number: give the device a name of its own in the configuration, identity = \"…\""
            )
        }
        let displayed = data.text(of: "display_version")
        return DeviceIdentity(
            serial: serial,
            deviceID: data.text(of: "device_id"),
            version: displayed.isEmpty ? data.text(of: "version") : displayed,
            assigned: settings.identity
        )
    }

    /// The device's clock as it prints it (1283).
    public func clock() async throws -> DeviceClock {
        let data = try await success(.clock, .json(.clock)).data
        let time = data.text(of: "sys_time")
        guard !time.isEmpty else { throw malformed(.clock, "no sys_time") }
        return DeviceClock(time: time, zone: data.text(of: "time_zone"))
    }

    /// The space for records (1288).
    public func storage() async throws -> DeviceStorage {
        let data = try await success(.storage, .json(.storage)).data
        guard let used = data["cur_storage"]?.integer, let capacity = data["max_storage"]?.integer,
            let strategy = data["storage_strategy"]?.integer
        else { throw malformed(.storage, "no cur_storage, max_storage or storage_strategy") }
        return DeviceStorage(used: used, capacity: capacity, strategy: strategy)
    }

    /// What the device keeps of portraits and captures (1900).
    public func kept() async throws -> KeptData {
        let data = try await success(.kept, .json(.kept)).data
        guard let face = data["face"]?.integer else { throw malformed(.kept, "no face") }
        return KeptData(portraitImages: face != 0, captures: data.text(of: "capture"))
    }

    /// How many days library images are kept, 0 for ever (1903 with store_obj 1).
    public func retentionDays() async throws -> Int {
        let data = try await success(.retention, .json(.retention) { $0.field("store_obj", 1) }).data
        guard let days = data["saved_time"]?.integer else { throw malformed(.retention, "no saved_time") }
        return days
    }

    /// What export archives are encrypted with (1363).
    public func archiveCipher() async throws -> ArchiveCipher {
        switch try await success(.archiveCipher, .json(.archiveCipher)).data["aes_crypto_flag"]?.integer {
        case 0: return .aes128
        case 1: return .aes256
        default: throw malformed(.archiveCipher, "no aes_crypto_flag that is documented")
        }
    }

    /// `http` or `https` (1306).
    public func protocolMode() async throws -> String {
        let mode = try await success(.protocolMode, .json(.protocolMode)).data.text(of: "https_stat")
        guard !mode.isEmpty else { throw malformed(.protocolMode, "no https_stat") }
        return mode.lowercased()
    }

    /// Sends one message as it is and returns the reply's text, whatever its code (`facelib device call`).
    ///
    /// - Throws: ``DeviceError`` with ``DeviceError/Code/refused`` for fields that are no JSON object, and for
    ///   the transport, the login and missing permission; `CancellationError`.
    public func call(message: String, fieldsJSON: String) async throws -> String {
        let message = Message(id: message, purpose: "carry out message \(message)", effect: .writes)
        var writer = MessageWriter(message)
        do {
            guard case .object(let fields) = try JSONParser.value(of: Array(fieldsJSON.utf8)) else {
                throw DeviceError(
                    .refused,
                    "the fields of message \(message.id) are not a JSON object; nothing was sent"
                )
            }
            for (key, value) in fields where key != "msg_id" { writer.field(key, value) }
        } catch let failure as JSONParser.Failure {
            throw DeviceError(
                .refused,
                "the fields of message \(message.id) are not JSON (\(failure)); nothing was sent"
            )
        }
        let reply = try await exchange(message, writer.finish(), limits: .upload(bytes: 0, images: 30))
        return String(decoding: reply.bytes, as: UTF8.self)
    }
}
