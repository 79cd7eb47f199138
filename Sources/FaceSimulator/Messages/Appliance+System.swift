// SPDX-License-Identifier: Apache-2.0

/// Messages about the device itself: counts, versions, clock, storage (chapters 8 and 10).
extension Appliance {
    func todaysCounts() async -> Reply {
        .success(.object(["key_person_cnt", "white_list_cnt", "stranger_cnt"].map { ($0, .integer(0)) }))
    }

    func versions() async throws -> Reply {
        .success(
            .object([
                ("device_id", .text(Self.deviceName)), ("serial_id", .text(try await store.serialID())),
                ("display_version", .text("SenseNebula AIE V2.4.0-20220617")),
                ("display_web_version", .text("SenseNebula AIE Web V2.4.0-20220617")),
                ("version", .text("SenseNebula-AIE-V1.0.2-20190122")),
                ("web_version", .text("SenseNebulaWeb-AIE-V1.0.2-web-20190122")),
            ])
        )
    }

    func systemTime() async -> Reply {
        .success(
            .object([
                ("sys_time", .text(clock.text)), ("time_format", .text("yyyy-MM-dd HH:mm:ss")),
                ("time_zone", .text("GMT+00:00")),
            ])
        )
    }

    func storage() async throws -> Reply {
        .success(
            .object([
                ("cur_storage", .integer(try await store.storedBytes() / 1_048_576)), ("max_storage", .integer(65_536)),
                ("storage_strategy", .integer(1)),
            ])
        )
    }

    func deviceID() async -> Reply {
        .success(.object([("device_id", .text(Self.deviceName))]))
    }

    func protocolInUse() async -> Reply {
        .success(.object([("https_stat", .text(usesTLS ? "https" : "http"))]))
    }

    func whatIsStored() async -> Reply {
        .success(.object([("capture", .text("11")), ("face", .text(quirks[.faceOff] ? "0" : "1"))]))
    }

    func retention(_ call: Call) async throws -> Reply {
        let object = try call.fields.requiredInteger("store_obj")
        guard object == 1 || object == 33 else { throw DeviceFault(.parameter) }
        let days = object == 1 ? quirks.number(.retention) ?? 0 : 30
        return .bare([
            ("msg_id", .text("1903")), ("result", .integer(0)), ("store_obj", .integer(object)),
            ("saved_time", .integer(days)),
        ])
    }

    private static let deviceName = "facelib-simulator"
}
