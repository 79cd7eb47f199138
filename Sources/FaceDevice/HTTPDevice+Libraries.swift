// SPDX-License-Identifier: Apache-2.0
public import FaceModel

extension HTTPDevice {
    /// The library of strangers, which is no portrait library.
    private static let greyList = 2_147_483_647

    /// The libraries of the device, without the grey list (1028).
    public func libraries() async throws -> [DeviceLibrary] {
        let reply = try await success(.libraries, .json(.libraries))
        guard let items = reply.data.elements ?? reply.data["record"]?.elements ?? reply.data.emptyList else {
            throw malformed(.libraries, "no list")
        }
        return try items.map { item in
            guard let id = item["lib_id"]?.integer else { throw malformed(.libraries, "a library without lib_id") }
            return DeviceLibrary(
                id: id,
                name: item.text(of: "lib_name"),
                type: item["lib_type"]?.integer.flatMap(LibraryType.init(rawValue:)),
                portraitCount: item["picture_no"]?.integer ?? 0,
                updateTime: item.text(of: "update_time")
            )
        }
        .filter { $0.id != Self.greyList }
    }

    /// Makes a library (1025) and returns it as listed afterwards.
    public func createLibrary(named name: String, type: LibraryType) async throws -> DeviceLibrary {
        let reply = try await success(
            .createLibrary,
            .json(.createLibrary) { message in
                message.field("lib_name", name)
                message.field("lib_type", type.rawValue)
            }
        )
        let id = reply.data["lib_id"]?.integer
        let listed = try await libraries()
        guard let library = listed.first(where: { $0.id == id }) ?? listed.first(where: { $0.name == name }) else {
            throw malformed(.createLibrary, "no error, but the library is not in the list afterwards")
        }
        return library
    }

    /// Renames a library, keeping its type (1027).
    public func renameLibrary(_ library: DeviceLibrary, to name: String) async throws {
        guard let type = library.type else {
            throw malformed(.libraries, "a type of library \(library.name) that is not documented; it was not renamed")
        }
        _ = try await success(
            .renameLibrary,
            .json(.renameLibrary) { message in
                message.field("lib_id", library.id)
                message.field("lib_name", name)
                message.field("lib_type", type.rawValue)
            }
        )
    }

    /// Deletes a library with all it holds (1026).
    public func deleteLibrary(_ library: DeviceLibrary) async throws {
        _ = try await success(.deleteLibrary, .json(.deleteLibrary) { $0.field("lib_id", library.id) })
    }
}

extension JSONValue {
    /// No elements, for a value that says nothing; `nil` for anything else.
    var emptyList: [JSONValue]? { isNothing ? [] : nil }
}
